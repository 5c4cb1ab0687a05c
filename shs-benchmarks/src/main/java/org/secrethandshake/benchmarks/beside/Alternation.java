package org.secrethandshake.benchmarks.beside;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;

/**
 * The command {@code alternate}: our backends and libsodium in C take turns on one core, so that
 * the machine's noise meets all of them alike, and their minima are compared. Then, on all cores,
 * what each backend moves one way over loopback TCP, beside the JavaScript reference.
 */
public final class Alternation {
  private static final int FLOOR_ROUNDS = 5;
  private static final Duration FLOOR_TURN = Duration.ofSeconds(3);

  private static final String BASIS =
      """

      Microseconds, the least of all turns, and multiples of libsodium in C. A handshake is both sides; a packet is
      sealed and opened. C does every operation each time; ours keeps the server's parsed key (a ServerKey), as a
      client does that dials again.
      """;

  private final AlternationOptions options;
  private final PrintStream out;
  private final PrintStream progress;
  private final SearchPath path = SearchPath.ofEnvironment();
  private final Standings standings = new Standings();

  private Alternation(AlternationOptions options, PrintStream out, PrintStream progress) {
    this.options = options;
    this.out = out;
    this.progress = progress;
  }

  /** Runs the command, and ends the JVM with its exit code. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(Arrays.asList(arguments), System.out, System.err));
  }

  /**
   * Runs the command.
   *
   * @param arguments backends, {@code --turns N}, {@code --interop FOLDER}
   * @param out gets the tables
   * @param progress gets a line for each turn, and what went wrong
   * @return the exit code: 0, 2 for a wrong argument, 1 if something could not be measured
   */
  public static int run(List<String> arguments, PrintStream out, PrintStream progress)
      throws InterruptedException {
    AlternationOptions options;
    try {
      options = AlternationOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      progress.println(e.getMessage() + "\n" + AlternationOptions.USAGE);
      return 2;
    }
    try {
      new Alternation(options, out, progress).run();
      return 0;
    } catch (CryptoProviderException | NotMeasuredException e) {
      progress.println(e.getMessage());
      return 1;
    }
  }

  private void run() throws NotMeasuredException, InterruptedException {
    List<String> backends = backends();
    OneWayTurns oneWay = new OneWayTurns(new Reference(path, options.interop()), backends);
    Duration estimate = estimate(backends).plus(oneWay.estimate());
    Core core = Core.one(path);
    try (FloorProgram floor = FloorProgram.compile(path)) {
      progress.printf("%d turns, about %d s%n", options.turns(), estimate.toSeconds());
      for (int turn = 1; turn <= options.turns(); turn++) {
        take(turn, floor, backends, core);
      }
    }
    print(core);
    out.printf("%nOne way over loopback TCP, MB/s, the best round, on all cores (not pinned):%n");
    oneWay.run(out, progress);
    out.print(oneWay.table());
  }

  private void print(Core core) {
    out.printf("%d turns on one core, %s, JDK %s.%n", options.turns(), core.inWords(), jdk());
    out.print(standings.titles());
    out.print(BASIS);
    out.println();
    out.print(standings.table(figures()));
  }

  private static String jdk() {
    return System.getProperty("java.version");
  }

  private Duration estimate(List<String> backends) {
    return Turn.estimate()
        .multipliedBy(backends.size())
        .plus(FLOOR_TURN)
        .multipliedBy(options.turns());
  }

  private void take(int turn, FloorProgram floor, List<String> backends, Core core)
      throws NotMeasuredException, InterruptedException {
    progress.printf("turn %d of %d%n", turn, options.turns());
    standings.add(Beside.FLOOR, floor.run(core, FLOOR_ROUNDS));
    for (String backend : backends) {
      standings.add(backend, new ChildJvm(Turn.class, backend).run(core));
    }
  }

  private static Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put(Readings.HANDSHAKE, "handshake");
    Turn.BODY_BYTES.forEach(
        bytes -> figures.put(Readings.packet(bytes), "packet of " + bytes + " bytes"));
    return figures;
  }

  /** Those named, which must work; or all that work, with a line for each that does not. */
  private List<String> backends() {
    if (!options.backends().isEmpty()) {
      return options.backends().stream()
          .map(CryptoProviders::named)
          .map(CryptoProvider::name)
          .distinct()
          .toList();
    }
    List<String> backends = new ArrayList<>();
    for (CryptoProvider provider : CryptoProviders.installed()) {
      provider
          .unavailability()
          .ifPresentOrElse(
              why -> progress.println(provider.name() + " is left out: " + why.getMessage()),
              () -> backends.add(provider.name()));
    }
    return backends;
  }
}
