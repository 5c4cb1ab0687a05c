package org.secrethandshake.benchmarks.report;

import java.util.List;

/**
 * The median of a few samples, and an interval that says how far to trust it.
 *
 * <p>Nothing is assumed of the samples' distribution: the interval reaches from the k-th lowest to
 * the k-th highest sample, with the largest k for which the true median lies between them in nine
 * of ten cases. Fewer than {@value #ENOUGH} samples cannot reach that.
 *
 * @param median the middle sample, or the mean of the two in the middle
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
