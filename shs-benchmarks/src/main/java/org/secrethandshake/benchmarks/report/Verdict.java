package org.secrethandshake.benchmarks.report;

import org.secrethandshake.benchmarks.results.Section;

/** How a figure compares with the best backend's, in two or three words. */
final class Verdict {
  static final String BEST = "best";
  static final String CLOSE = "too close to call";

  private Verdict() {}

  static String of(Ranking ranking, String subject, Statistics statistics) {
    if (ranking.tooCloseToFirst(statistics)) {
      return ranking.decided() && subject.equals(ranking.first().subject())
          ? BEST
          : ranking.standings().size() == 1 ? "" : CLOSE;
    }
    return ratio(ranking.figure().section(), ranking.ratioToBest(statistics));
  }

  /** Whether a table shows it in bold: nobody is called better. */
  static boolean leads(Ranking ranking, String subject) {
    return ranking.standings().size() > 1 && ranking.leaders().contains(subject);
  }

  private static String ratio(Section section, double worse) {
    boolean size = section == Section.MEMORY || section == Section.DISK;
    if (Double.isInfinite(worse) || worse == 0) {
      return worse == 0 ? "none" : "more";
    }
    return worse >= 1
        ? Numbers.factor(worse) + "× " + (size ? "more" : "slower")
        : Numbers.factor(1 / worse) + "× " + (size ? "less" : "faster");
  }
}
