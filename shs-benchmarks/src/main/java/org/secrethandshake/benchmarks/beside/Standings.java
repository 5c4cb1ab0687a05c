package org.secrethandshake.benchmarks.beside;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The least that each subject took for each figure, over all turns; the first subject is the
 * yardstick.
 */
final class Standings {
  private static final String FIGURE_CELL = "%-24s";
  private static final String CELL = "%24s";

  private final Map<String, Map<String, Double>> minima = new LinkedHashMap<>();
  private final Map<String, String> titles = new LinkedHashMap<>();

  void add(String subject, Readings readings) {
    titles.put(subject, readings.title());
    Map<String, Double> own = minima.computeIfAbsent(subject, name -> new LinkedHashMap<>());
    readings
        .micros()
        .forEach((figure, samples) -> own.merge(figure, Collections.min(samples), Math::min));
  }

  /** What each subject says of itself, a line each. */
  String titles() {
    StringBuilder lines = new StringBuilder();
    titles.forEach((subject, title) -> lines.append(subject + ": " + title + "\n"));
    return lines.toString();
  }

  /** The least microseconds. */
  double least(String subject, String figure) {
    Double least = minima.getOrDefault(subject, Map.of()).get(figure);
    if (least == null) {
      throw new IllegalArgumentException(figure + " of " + subject + " was not measured");
    }
    return least;
  }

  /** A line for each figure: microseconds, and for all but the yardstick their ratio to it. */
  String table(Map<String, String> figures) {
    List<String> subjects = List.copyOf(minima.keySet());
    StringBuilder table = new StringBuilder(FIGURE_CELL.formatted(""));
    subjects.forEach(subject -> table.append(CELL.formatted(subject)));
    figures.forEach(
        (figure, words) -> {
          table.append("\n").append(FIGURE_CELL.formatted(words));
          subjects.forEach(
              subject -> table.append(CELL.formatted(cell(subjects.get(0), subject, figure))));
        });
    return table.append("\n").toString();
  }

  private String cell(String yardstick, String subject, String figure) {
    double own = least(subject, figure);
    return subject.equals(yardstick)
        ? String.format(Locale.ROOT, "%.2f µs", own)
        : String.format(Locale.ROOT, "%.2f µs %6.3fx", own, own / least(yardstick, figure));
  }
}
