package org.secrethandshake.benchmarks.report;

import java.util.Comparator;
import java.util.List;
import org.secrethandshake.benchmarks.results.Better;
import org.secrethandshake.benchmarks.results.Figure;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Section;

/**
 * The backends by one figure, best median first. What it calls is only what {@link Noise} allows:
 * order alone says nothing.
 *
 * @param figure what they are ranked by
 * @param standings at least one
 */
record Ranking(Figure figure, List<Standing> standings) {
  /** A backend, with what was measured of it. */
  record Standing(String subject, Statistics statistics) {}

  static Ranking of(Figure figure, List<Measurement> measurements) {
    Comparator<Standing> lowest =
        Comparator.comparingDouble(standing -> standing.statistics().median());
    boolean higher = figure.section().better() == Better.HIGHER;
    return new Ranking(
        figure,
        measurements.stream()
            .map(found -> new Standing(found.subject(), Statistics.of(found.samples())))
            .sorted(higher ? lowest.reversed() : lowest)
            .toList());
  }

  Standing first() {
    return standings.get(0);
  }

  /** The first, and all that are too close to it to call. */
  List<String> leaders() {
    return standings.stream().filter(standing -> !behind(standing)).map(Standing::subject).toList();
  }

  /** Those that the first is ahead of, beyond noise. */
  List<Standing> beaten() {
    return standings.stream().filter(this::behind).toList();
  }

  /** Whether there were several, and one of them is ahead of all others. */
  boolean decided() {
    return standings.size() > 1 && leaders().size() == 1;
  }

  /** How many times worse than the first; below 1 for what is better, such as a floor. */
  double ratioToBest(Statistics statistics) {
    return Noise.worse(section(), statistics, first().statistics());
  }

  boolean tooCloseToFirst(Statistics statistics) {
    return !Noise.differ(section(), statistics, first().statistics());
  }

  private boolean behind(Standing standing) {
    return !tooCloseToFirst(standing.statistics());
  }

  private Section section() {
    return figure.section();
  }
}
