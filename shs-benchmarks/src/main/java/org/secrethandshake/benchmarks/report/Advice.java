package org.secrethandshake.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.secrethandshake.benchmarks.report.Findings.Figure;
import org.secrethandshake.benchmarks.report.Findings.Measurement;

/**
 * The report's first paragraph: which backend this machine should use. It claims no more than a
 * {@link Ranking} calls, and of a busy machine nothing at all.
 */
record Advice(String headline, List<String> sentences) {
  private static final Figure HANDSHAKES = new Figure(Section.HANDSHAKE, "");
  private static final Figure PACKETS = new Figure(Section.PACKET, "4096 bytes");

  /** What answers someone who chooses a backend. */
  static final List<Figure> DECIDING =
      List.of(
          HANDSHAKES,
          PACKETS,
          new Figure(Section.PACKET, "64 bytes"),
          new Figure(Section.STREAM, "one way"),
          new Figure(Section.LATENCY, "16 bytes"),
          new Figure(Section.CONNECT, "10 in flight"),
          new Figure(Section.COLD_START, ""),
          new Figure(Section.MEMORY, "heap, 1,000 channels"),
          new Figure(Section.MEMORY, "native, 1,000 channels"),
          new Figure(Section.DISK, ""));

  static Advice of(Results results) {
    List<String> disturbances = results.disturbances();
    if (!disturbances.isEmpty()) {
      String busy = "This machine was busy, so these figures decide nothing. ";
      return new Advice(busy + "Stop other work, and repeat the run.", disturbances);
    }
    List<String> connecting = leaders(results, HANDSHAKES);
    List<String> moving = leaders(results, PACKETS);
    List<String> both = new ArrayList<>(connecting);
    both.retainAll(moving);
    String headline;
    if (connecting.isEmpty() || moving.isEmpty()) {
      headline = "This run did not measure both handshakes and packets, so it advises nothing.";
    } else if (results.backends().size() == 1) {
      headline = "Only %s was measured: there is nothing to choose between.".formatted(both.get(0));
    } else if (both.isEmpty()) {
      headline =
          "Use %s for many short connections and %s for moving much data on this machine."
              .formatted(Words.joined(connecting, "or"), Words.joined(moving, "or"));
    } else {
      String undecided = both.size() == 1 ? "." : ": their speed is too close to call.";
      headline = "Use %s on this machine%s".formatted(Words.joined(both, "or"), undecided);
    }
    return new Advice(headline, sentences(results));
  }

  /** In the order of the backends, not of a ranking that calls none of them first. */
  private static List<String> leaders(Results results, Figure figure) {
    List<String> leaders =
        results.ranking(figure).stream()
            .flatMap(ranking -> ranking.leaders().stream().map(Measurement::subject))
            .toList();
    return results.names().stream().filter(leaders::contains).toList();
  }

  /** One for each backend, or group of backends, with all the figures in which it leads. */
  private static List<String> sentences(Results results) {
    Map<List<String>, List<String>> leading = new LinkedHashMap<>();
    DECIDING.stream()
        .filter(
            figure -> results.ranking(figure).stream().anyMatch(all -> all.standings().size() > 1))
        .forEach(
            figure ->
                leading
                    .computeIfAbsent(leaders(results, figure), any -> new ArrayList<>())
                    .add(Words.uncapitalized(figure.title())));
    List<String> sentences = new ArrayList<>();
    leading.forEach(
        (who, what) -> {
          String form = who.size() == 1 ? "%s leads in: %s." : "Too close to call between %s: %s.";
          sentences.add(form.formatted(Words.joined(who, "and"), String.join("; ", what)));
        });
    return sentences;
  }
}
