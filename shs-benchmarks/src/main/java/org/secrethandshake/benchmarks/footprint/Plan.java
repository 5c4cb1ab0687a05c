package org.secrethandshake.benchmarks.footprint;

import java.time.Duration;
import java.util.List;
import org.secrethandshake.benchmarks.results.Extent;

/**
 * How often what is run. The durations are rough, for two cores that do nothing else.
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

  /** Returns at how many idle channels a run reads: the first at all, the others are short. */
  List<Integer> channels(int run) {
    return run == 0 ? counts : counts.subList(0, 1);
  }

  /** One backend, channels and handshakes. */
  Duration ofMemoryRun(int run) {
    return MEMORY_START.plus(MEMORY_OF_ONE.multipliedBy(Load.most(channels(run))));
  }

  Duration ofAll(int backends) {
    Duration memory = Duration.ZERO;
    for (int run = 0; run < memoryRuns; run++) {
      memory = memory.plus(ofMemoryRun(run));
    }
    return ofColdStarts(backends).plus(memory.multipliedBy(backends));
  }
}
