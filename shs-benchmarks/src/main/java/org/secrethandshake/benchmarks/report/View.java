package org.secrethandshake.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.benchmarks.report.Findings.Figure;
import org.secrethandshake.benchmarks.report.Findings.Measurement;
import org.secrethandshake.benchmarks.report.Ranking.Statistics;

/**
 * A run as the templates of the report see it: every number is text by now, and what is the same in
 * all reports stands in the templates.
 */
record View(
    String title,
    boolean busy,
    Advice advice,
    Results results,
    String date,
    List<Chart> glance,
    List<Comparison> comparison,
    List<Part> parts) {
  private static final int COLOURS = 6;

  /** A section of the report. */
  record Part(Section section, List<Chart> charts) {}

  /** What was measured of one figure. */
  record Chart(Figure figure, List<Bar> bars) {}

  /** One subject of a chart; {@code kind} is a class of the page, the lengths are in percent. */
  record Bar(
      String subject,
      String value,
      String interval,
      String heap,
      String verdict,
      String kind,
      int colour,
      String width,
      String low,
      String high) {
    boolean best() {
      return kind.equals("best");
    }

    boolean other() {
      return kind.equals("other");
    }
  }

  static View of(Results results, @Nullable Results older) {
    return new View(
        "Secret Handshake for Java: which crypto backend?",
        !results.disturbances().isEmpty(),
        Advice.of(results),
        results,
        Words.date(results.date()),
        Advice.DECIDING.stream()
            .filter(figure -> results.ranking(figure).isPresent())
            .map(figure -> chart(figure, results))
            .toList(),
        older == null ? List.of() : List.of(Comparison.between(older, results)),
        Stream.of(Section.values())
            .map(section -> new Part(section, charts(section, results)))
            .filter(part -> !part.charts.isEmpty())
            .toList());
  }

  private static List<Chart> charts(Section section, Results results) {
    return results.figures(section).stream().map(figure -> chart(figure, results)).toList();
  }

  /** The longest bar, or its error bar, takes all the room. */
  private static Chart chart(Figure figure, Results results) {
    List<Measurement> all = results.of(figure);
    double end =
        all.stream()
            .map(Measurement::statistics)
            .mapToDouble(found -> Math.max(found.median(), found.high()))
            .max()
            .orElse(0);
    boolean busy = !results.disturbances().isEmpty();
    Optional<Ranking> ranking = busy ? Optional.empty() : results.ranking(figure);
    List<Bar> bars = new ArrayList<>();
    for (Measurement each : all) {
      Statistics found = each.statistics();
      int number = results.names().indexOf(each.subject());
      bars.add(
          new Bar(
              each.subject(),
              Words.value(each),
              Words.interval(found),
              Words.heap(each),
              ranking.map(best -> verdict(best, each)).orElse(""),
              number < 0 ? "other" : ranking.map(best -> kind(best, each)).orElse("undecided"),
              number < 0 ? COLOURS : number % COLOURS,
              percent(found.median(), end),
              percent(found.low(), end),
              percent(found.high(), end)));
    }
    for (String name : results.names()) {
      if (bars.stream().noneMatch(bar -> bar.subject.equals(name))) {
        Bar missing = new Bar(name, "–", "", "", "", "undecided", COLOURS, "0", "0", "0");
        bars.add(results.names().indexOf(name), missing);
      }
    }
    return new Chart(figure, bars);
  }

  private static String percent(double value, double end) {
    return Words.text("%.2f", end <= 0 ? 0 : 100 * Math.max(0, value / end));
  }

  private static String kind(Ranking ranking, Measurement each) {
    return ranking.behind(each) ? "behind" : ranking.decided() ? "best" : "undecided";
  }

  private static String verdict(Ranking ranking, Measurement each) {
    if (!ranking.behind(each)) {
      boolean best = ranking.decided() && ranking.first().equals(each);
      return ranking.standings().size() == 1 ? "" : best ? "best" : "too close to call";
    }
    double worse = ranking.ratio(each);
    boolean size = ranking.section() == Section.MEMORY || ranking.section() == Section.DISK;
    return worse >= 1
        ? Words.text(worse < 9.95 ? "%.1f× %s" : "%.0f× %s", worse, size ? "more" : "slower")
        : Words.text("%.1f× %s", 1 / worse, size ? "less" : "faster");
  }
}
