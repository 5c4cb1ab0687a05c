package org.secrethandshake.benchmarks.report;

import java.util.List;
import java.util.stream.Collectors;
import org.secrethandshake.benchmarks.results.Figure;

/**
 * One bar chart, before it is drawn.
 *
 * @param id unlike that of any other chart on the page
 * @param figure what it shows
 * @param bars from top to bottom
 * @param end the value at which the longest bar of the section, with its error bar, ends
 */
record Chart(String id, Figure figure, List<Bar> bars, double end) {
  /**
   * A bar.
   *
   * @param subject whose it is
   * @param statistics its length and its error bar
   * @param colour as {@code #rrggbb}
   */
  record Bar(String subject, Statistics statistics, String colour) {}

  String value(Bar bar) {
    return Numbers.withUnit(figure.section(), bar.statistics().median());
  }

  /** What it shows, for those who cannot see it. */
  String description() {
    return bars.stream()
        .map(bar -> bar.subject() + " " + value(bar))
        .collect(Collectors.joining(", ", Words.title(figure) + ": ", ""));
  }
}
