package org.secrethandshake.benchmarks.report;

import java.util.List;
import java.util.Optional;
import org.secrethandshake.benchmarks.results.Figure;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Section;

/**
 * All that one run found. Immutable.
 *
 * @param measurements what was measured; those of one section in the order in which they are shown
 * @param notes sentences on what is missing, and why
 * @param environment where, when and with what
 */
public record Results(List<Measurement> measurements, List<String> notes, Environment environment) {
  /** Keeps copies of the lists. */
  public Results {
    measurements = List.copyOf(measurements);
    notes = List.copyOf(notes);
  }

  /** The figures measured in a section, in the order of their measurements. */
  List<Figure> figures(Section section) {
    return measurements.stream()
        .map(Measurement::figure)
        .filter(figure -> figure.section() == section)
        .distinct()
        .toList();
  }

  /** What was measured of a figure. */
  List<Measurement> of(Figure figure) {
    return measurements.stream().filter(found -> found.figure().equals(figure)).toList();
  }

  Optional<Measurement> of(Figure figure, String subject) {
    return of(figure).stream().filter(found -> found.subject().equals(subject)).findFirst();
  }

  /** The subjects of a section: backends in their order, then the others in that of arrival. */
  List<String> subjects(Section section) {
    return Subjects.sorted(
        measurements.stream()
            .filter(found -> found.figure().section() == section)
            .map(Measurement::subject)
            .distinct()
            .toList(),
        environment.names());
  }

  /** The backends by one figure, where any was measured. */
  Optional<Ranking> ranking(Figure figure) {
    List<Measurement> backends =
        of(figure).stream().filter(found -> environment.names().contains(found.subject())).toList();
    return backends.isEmpty() ? Optional.empty() : Optional.of(Ranking.of(figure, backends));
  }
}
