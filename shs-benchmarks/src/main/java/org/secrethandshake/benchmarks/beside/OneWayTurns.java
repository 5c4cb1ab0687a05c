package org.secrethandshake.benchmarks.beside;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the reference and each backend move one way over loopback TCP, taking turns on all cores,
 * which both of them need: the best round of each.
 */
final class OneWayTurns {
  private static final int TURNS = 3;
  private static final int REFERENCE_ROUNDS = 7;
  private static final Duration EACH = Duration.ofSeconds(4);
  private static final double MICROS_PER_SECOND = 1e6;

  private final Reference reference;
  private final List<String> backends;
  private final Map<String, Double> best = new LinkedHashMap<>();

  OneWayTurns(Reference reference, List<String> backends) {
    this.reference = reference;
    this.backends = backends;
  }

  Duration estimate() {
    return EACH.multipliedBy(TURNS * (backends.size() + 1L));
  }

  /** Takes the turns; without the reference, a note goes out and the backends run alone. */
  void run(PrintStream out, PrintStream progress)
      throws NotMeasuredException, InterruptedException {
    boolean withReference = true;
    for (int turn = 1; turn <= TURNS; turn++) {
      progress.printf("one way over loopback TCP, turn %d of %d%n", turn, TURNS);
      withReference = withReference && runReference(out);
      for (String backend : backends) {
        Readings readings = new ChildJvm(OneWay.class, backend).run(Core.ANY);
        double least = Collections.min(readings.of(OneWay.FIGURE));
        best.merge(backend, MICROS_PER_SECOND / least, Math::max);
      }
    }
  }

  private boolean runReference(PrintStream out) throws InterruptedException {
    try {
      Outcome outcome = reference.throughput(REFERENCE_ROUNDS);
      double most = Collections.max(outcome.measurements().get(0).samples());
      best.merge(Beside.REFERENCE, most, Math::max);
      return true;
    } catch (NotMeasuredException e) {
      out.println(e.sentence());
      return false;
    }
  }

  /** A line for each subject: megabytes per second, and the ratio to the reference. */
  String table() {
    StringBuilder table = new StringBuilder();
    best.forEach((subject, megabytes) -> table.append(line(subject, megabytes)).append("\n"));
    return table.toString();
  }

  private String line(String subject, double megabytes) {
    Double yardstick = best.get(Beside.REFERENCE);
    boolean ours = !subject.equals(Beside.REFERENCE);
    String words = subject + (ours ? ", two threads" : ", two processes");
    String ratio =
        ours && yardstick != null
            ? String.format(Locale.ROOT, "%7.2fx the reference", megabytes / yardstick)
            : "";
    return String.format(Locale.ROOT, "%-40s %8.1f%s", words, megabytes, ratio);
  }
}
