package org.secrethandshake.benchmarks.report;

import org.secrethandshake.benchmarks.results.Better;
import org.secrethandshake.benchmarks.results.Section;

/**
 * The rule by which two figures differ, for rankings and for comparisons with an older run alike.
 *
 * <p>Their intervals must be disjoint <em>and</em> their medians far enough apart: by {@value
 * #MARGIN} within a run; or by {@value #WIDE_MARGIN} between two runs, in whose time a machine may
 * drift, and where one of them has too few samples to tell its own noise. Sizes of files have no
 * noise, so one sample is enough.
 */
final class Noise {
  static final double MARGIN = 1.10;
  static final double WIDE_MARGIN = 1.25;

  /** A collector and an allocator round what they hold; less than this decides nothing. */
  private static final double KIB_PER_CHANNEL = 0.5;

  private Noise() {}

  /** By figures of one run. */
  static boolean differ(Section section, Statistics one, Statistics other) {
    return differ(section, one, other, one.enough() && other.enough());
  }

  /** By figures of two runs, between which the machine may have become another for a while. */
  static boolean differBetweenRuns(Section section, Statistics one, Statistics other) {
    return differ(section, one, other, false);
  }

  private static boolean differ(
      Section section, Statistics one, Statistics other, boolean sameTimeAndEnough) {
    boolean sure = section == Section.DISK || sameTimeAndEnough;
    double ratio = Math.max(worse(section, one, other), worse(section, other, one));
    return !one.overlaps(other)
        && ratio >= (sure ? MARGIN : WIDE_MARGIN)
        && Math.abs(one.median() - other.median()) > least(section);
  }

  /** How many times worse a median is than another; infinite beside nothing at all. */
  static double worse(Section section, Statistics one, Statistics best) {
    boolean higher = section.better() == Better.HIGHER;
    double above = Math.max(0, higher ? best.median() : one.median());
    double below = Math.max(0, higher ? one.median() : best.median());
    return above == below ? 1 : above / below;
  }

  private static double least(Section section) {
    return section == Section.MEMORY ? KIB_PER_CHANNEL : 0;
  }
}
