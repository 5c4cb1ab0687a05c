package org.secrethandshake.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.secrethandshake.benchmarks.report.Chart.Bar;
import org.secrethandshake.benchmarks.results.Figure;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Section;

/** Which charts a report has, and in which colours. */
final class Charts {
  /** Okabe and Ito's, dark enough for white paper: told apart by every common colour vision. */
  private static final List<String> BACKENDS =
      List.of("#0072b2", "#d55e00", "#009e73", "#aa4499", "#997700", "#4a9cc7");

  private static final List<String> OTHERS = List.of("#767676", "#a3a3a3");

  private Charts() {}

  /** One chart per figure of the section, on one scale; none for a section that is a table. */
  static List<Chart> of(Results results, Section section) {
    List<Figure> figures =
        charted(section)
            ? results.figures(section).stream().filter(Charts::charted).toList()
            : List.of();
    List<List<Bar>> bars = figures.stream().map(figure -> bars(results, figure)).toList();
    double end =
        bars.stream()
            .flatMap(List::stream)
            .mapToDouble(bar -> Math.max(bar.statistics().median(), bar.statistics().high()))
            .max()
            .orElse(0);
    List<Chart> charts = new ArrayList<>();
    for (int i = 0; i < figures.size(); i++) {
      charts.add(new Chart(id(section, i), figures.get(i), bars.get(i), end));
    }
    return charts;
  }

  private static boolean charted(Section section) {
    return section.compareTo(Section.DISK) <= 0;
  }

  /** The parts of a cold start are for the table: they add up to less than the whole. */
  private static boolean charted(Figure figure) {
    return figure.section() != Section.COLD_START || figure.variant().equals("total");
  }

  private static String id(Section section, int number) {
    return section.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + number;
  }

  private static List<Bar> bars(Results results, Figure figure) {
    List<Bar> bars = new ArrayList<>();
    for (String subject : results.subjects(figure.section())) {
      results
          .of(figure, subject)
          .map(Measurement::samples)
          .map(Statistics::of)
          .ifPresent(found -> bars.add(new Bar(subject, found, colour(results, subject))));
    }
    return bars;
  }

  private static String colour(Results results, String subject) {
    int backend = results.environment().names().indexOf(subject);
    return backend >= 0
        ? BACKENDS.get(backend % BACKENDS.size())
        : OTHERS.get(Math.floorMod(subject.hashCode(), OTHERS.size()));
  }
}
