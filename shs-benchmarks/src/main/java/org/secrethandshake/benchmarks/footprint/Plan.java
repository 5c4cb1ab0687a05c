package org.secrethandshake.benchmarks.footprint;

import java.time.Duration;
import java.util.List;
import org.secrethandshake.benchmarks.results.Extent;

/**
 * How often what is run. The durations are those of two cores of 2020, rounded up.
 *
 * @param coldStarts timed starts of each backend
 * @param counts how many channels or handshakes at once, ascending; empty to leave memory out
 * @param memoryRuns runs for memory, of each backend
 */
record Plan(int coldStarts, List<Integer> counts, int memoryRuns) {
  private static final Duration JVM_ALONE = Duration.ofMillis(100);
  private static final Duration COLD_START = Duration.ofMillis(700);
  private static final Duration MEMORY_START = Duration.ofMillis(2500);
  private static final Duration MEMORY_OF_ONE = Duration.ofMillis(1);

  static Plan of(Extent extent) {
    return switch (extent) {
      case BRIEF -> new Plan(3, List.of(), 0);
      case QUICK -> new Plan(5, List.of(1_000), 1);
      case FULL -> new Plan(15, List.of(1_000, 10_000), 3);
    };
  }

  Duration ofColdStarts(int backends) {
    return JVM_ALONE
        .multipliedBy(coldStarts)
        .plus(COLD_START.multipliedBy((long) (coldStarts + 1) * backends));
  }

  /** One backend, one run. */
  Duration ofMemoryRun() {
    int most = counts.stream().mapToInt(Integer::intValue).max().orElse(0);
    return most == 0 ? Duration.ZERO : MEMORY_START.plus(MEMORY_OF_ONE.multipliedBy(most));
  }

  Duration ofAll(int backends) {
    return ofColdStarts(backends).plus(ofMemoryRun().multipliedBy((long) memoryRuns * backends));
  }
}
