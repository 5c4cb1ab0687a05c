package org.secrethandshake.benchmarks.report;

import java.util.List;

/**
 * The median of a few samples, and an interval that says how far to trust it.
 *
 * <p>The samples come from few JVMs on a machine that does other things too, so nothing is assumed
 * of their distribution: the interval reaches from the k-th lowest to the k-th highest sample, with
 * the largest k for which the true median lies between them with a probability of at least {@value
 * #CONFIDENCE}. That is from the lowest to the highest of up to 7 samples, and leaves out one at
 * each end of 8 to 10. Fewer than {@value #ENOUGH} samples cannot reach that; then too it is from
 * the lowest to the highest, and {@link #enough()} is false.
 *
 * @param median the middle sample, or the mean of the two in the middle
 * @param low where the interval begins
 * @param high where it ends
 * @param count how many samples there were
 */
record Statistics(double median, double low, double high, int count) {
  static final double CONFIDENCE = 0.9;

  /** The fewest samples whose whole range holds the median with that probability. */
  static final int ENOUGH = 5;

  static Statistics of(List<Double> samples) {
    double[] sorted = samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int count = sorted.length;
    int left = leftOut(count);
    double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    return new Statistics(median, sorted[left], sorted[count - 1 - left], count);
  }

  boolean enough() {
    return count >= ENOUGH;
  }

  boolean overlaps(Statistics other) {
    return low <= other.high && other.low <= high;
  }

  /** How many samples at each end lie outside the interval. */
  private static int leftOut(int count) {
    int left = 0;
    double outside = 2 * Math.pow(0.5, count);
    double ways = 1;
    while (2 * (left + 1) < count) {
      // One more at each end: the true median is beyond with C(count, left + 1) / 2^count a side.
      ways = ways * (count - left) / (left + 1);
      outside += 2 * ways * Math.pow(0.5, count);
      if (outside > 1 - CONFIDENCE) {
        break;
      }
      left++;
    }
    return left;
  }
}
