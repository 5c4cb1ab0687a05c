package org.secrethandshake.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.benchmarks.report.Findings.Measurement;
import org.secrethandshake.benchmarks.report.Ranking.Statistics;

/** What changed since an older run, with a line for each change beyond noise. */
record Comparison(String title, String summary, List<String> changes) {
  /** Bytes per operation vary less than time, but short runs share out what the JVM needs. */
  private static final double BYTES_MARGIN = 0.05;

  static Comparison between(Results before, Results now) {
    String title = "What changed since the run of " + Words.date(before.date());
    if (!before.disturbances().isEmpty() || !now.disturbances().isEmpty()) {
      String busy = "The machine was busy in one of the two runs, so they are not compared.";
      return new Comparison(title, busy, List.of());
    }
    List<String> changes = new ArrayList<>();
    int common = 0;
    for (Measurement found : now.measurements()) {
      for (Measurement old : before.measurements()) {
        if (old.figure().equals(found.figure()) && old.subject().equals(found.subject())) {
          common++;
          addChange(old, found, changes);
        }
      }
    }
    String form = "%d of %d figures that both runs measured changed beyond noise.";
    String summary = Words.text(form, changes.size(), common);
    if (!before.machine().equals(now.machine()) || !before.jdk().equals(now.jdk())) {
      String elsewhere =
          "The older run was made elsewhere (%s; %s): not every change is the code's.";
      changes.add(elsewhere.formatted(before.machine(), before.jdk()));
    }
    return new Comparison(title, summary, changes);
  }

  private static void addChange(Measurement old, Measurement found, List<String> changes) {
    Section section = found.figure().section();
    Statistics before = old.statistics();
    Statistics now = found.statistics();
    boolean slower = now.median() > before.median() != section.higherIsBetter;
    String verdict = "within noise";
    if (Ranking.differ(section, before, now, false)) {
      verdict = slower ? "worse" : "better";
    }
    boolean allocates = allocatesOtherwise(old.allocatedBytes(), found.allocatedBytes());
    if (allocates || !verdict.equals("within noise")) {
      String heap = "; heap per operation %s, was %s".formatted(Words.heap(found), Words.heap(old));
      double percent = (now.median() / before.median() - 1) * 100;
      changes.add(
          "%s, %s: %s, was %s, %s (%s)%s"
              .formatted(
                  found.figure().title(),
                  found.subject(),
                  Words.value(found),
                  Words.value(old),
                  Words.text("%+.0f %%", percent),
                  verdict,
                  allocates ? heap : ""));
    }
  }

  private static boolean allocatesOtherwise(@Nullable Double before, @Nullable Double now) {
    return before != null
        && now != null
        && Math.abs(now - before) >= Math.max(Words.OBJECT_BYTES, BYTES_MARGIN * before);
  }
}
