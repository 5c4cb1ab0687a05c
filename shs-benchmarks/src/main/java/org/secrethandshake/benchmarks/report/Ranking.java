package org.secrethandshake.benchmarks.report;

import java.util.Comparator;
import java.util.List;
import org.secrethandshake.benchmarks.report.Findings.Measurement;

/**
 * The backends by one figure, best median first. Order means nothing by itself: two of them differ
 * only if their intervals are disjoint <em>and</em> their medians are far enough apart, by 10 %
 * within a run; or by 25 % between two runs, in whose time a machine may drift, and where one has
 * too few samples to tell its own noise. Sizes of files have no noise, so one sample is enough.
 *
 * @param standings at least one
 */
record Ranking(Section section, List<Measurement> standings) {
  private static final double MARGIN = 1.10;
  private static final double WIDE_MARGIN = 1.25;

  /** A collector and an allocator round what they hold; less than this decides nothing. */
  private static final double KIB_PER_CHANNEL = 0.5;

  static Ranking of(Section section, List<Measurement> measurements) {
    Comparator<Measurement> lowest = Comparator.comparingDouble(each -> each.statistics().median());
    return new Ranking(
        section,
        measurements.stream().sorted(section.higherIsBetter ? lowest.reversed() : lowest).toList());
  }

  Measurement first() {
    return standings.get(0);
  }

  /** The first, and all that are too close to it to call. */
  List<Measurement> leaders() {
    return standings.stream().filter(each -> !behind(each)).toList();
  }

  /** Whether there are several, and one of them is ahead of all others. */
  boolean decided() {
    return standings.size() > 1 && leaders().size() == 1;
  }

  boolean behind(Measurement other) {
    Statistics own = other.statistics();
    Statistics best = first().statistics();
    return differ(section, own, best, own.enough() && best.enough());
  }

  /** How many times worse than the first; below 1 for what is better, such as C. */
  double ratio(Measurement other) {
    return worse(section, other.statistics(), first().statistics());
  }

  static boolean differ(Section section, Statistics one, Statistics other, boolean sameTime) {
    double margin = section == Section.DISK || sameTime ? MARGIN : WIDE_MARGIN;
    double least = section == Section.MEMORY ? KIB_PER_CHANNEL : 0;
    return !one.overlaps(other)
        && Math.max(worse(section, one, other), worse(section, other, one)) >= margin
        && Math.abs(one.median() - other.median()) > least;
  }

  /** Infinite beside nothing at all. */
  private static double worse(Section section, Statistics one, Statistics best) {
    double above = Math.max(0, section.higherIsBetter ? best.median() : one.median());
    double below = Math.max(0, section.higherIsBetter ? one.median() : best.median());
    return above == below ? 1 : above / below;
  }

  /**
   * The median of a few samples, and an interval that says how far to trust it.
   *
   * <p>Nothing is assumed of the samples' distribution: the interval reaches from the k-th lowest
   * to the k-th highest sample, with the largest k for which the true median lies between them in
   * nine of ten cases. Fewer than {@value #ENOUGH} samples cannot reach that.
   */
  record Statistics(double median, double low, double high, int count) {
    private static final double CONFIDENCE = 0.9;
    private static final int ENOUGH = 5;

    static Statistics of(List<Double> samples) {
      double[] sorted = samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      int count = sorted.length;
      int left = 0;
      double ways = 1;
      double outside = 2 * Math.pow(0.5, count);
      while (2 * (left + 1) < count) {
        // One more at each end: the true median is beyond with C(count, left + 1) / 2^count a side.
        ways = ways * (count - left) / (left + 1);
        outside += 2 * ways * Math.pow(0.5, count);
        if (outside > 1 - CONFIDENCE) {
          break;
        }
        left++;
      }
      double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
      return new Statistics(median, sorted[left], sorted[count - 1 - left], count);
    }

    boolean enough() {
      return count >= ENOUGH;
    }

    boolean overlaps(Statistics other) {
      return low <= other.high && other.low <= high;
    }
  }
}
