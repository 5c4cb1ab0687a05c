package org.secrethandshake.benchmarks.report;

import org.secrethandshake.benchmarks.results.Better;
import org.secrethandshake.benchmarks.results.Section;

/**
 * The rule by which two figures differ, for rankings and for comparisons with an older run alike.
 *
 * <p>Their intervals must be disjoint <em>and</em> their medians far enough apart: by {@value
 * #MARGIN}, which a machine drifts between two runs; or by {@value #WIDE_MARGIN} where one of them
 * has too few samples to tell its own noise. Sizes of files have no noise, so one sample is enough.
 */
final class Noise {
  static final double MARGIN = 1.10;
  static final double WIDE_MARGIN = 1.25;

  /** A collector and an allocator round what they hold; less than this decides nothing. */
  private static final double KIB_PER_CHANNEL = 0.5;

  private Noise() {}

  static boolean differ(Section section, Statistics one, Statistics other) {
    boolean sure = section == Section.DISK || (one.enough() && other.enough());
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
