package org.secrethandshake.benchmarks.jmh;

import java.time.Duration;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.secrethandshake.benchmarks.results.Extent;

/**
 * How often and how long one benchmark with one backend runs.
 *
 * @param forks how many JVMs; each has its turn in another pass over all benchmarks, so that what
 *     slows the machine for a while shows as the spread that it is
 */
record Effort(int forks, int warmups, int warmupMillis, int iterations, int millis) {
  /** To start a JVM, make the inputs, and stop it. */
  private static final int FORK_MILLIS = 800;

  /** What the charts show is measured longer than what only stands in a table. */
  static Effort of(Extent extent, boolean charted) {
    return switch (extent) {
      case BRIEF -> new Effort(1, 1, 1000, 5, 200);
      case QUICK -> new Effort(2, 1, 900, 5, 150);
      case FULL -> charted ? new Effort(2, 2, 500, 5, 500) : new Effort(2, 2, 400, 5, 300);
    };
  }

  Duration ofOneFork() {
    return Duration.ofMillis(FORK_MILLIS + warmups * warmupMillis + iterations * millis);
  }

  ChainedOptionsBuilder applyTo(ChainedOptionsBuilder options) {
    return options
        .forks(1)
        .warmupIterations(warmups)
        .warmupTime(TimeValue.milliseconds(warmupMillis))
        .measurementIterations(iterations)
        .measurementTime(TimeValue.milliseconds(millis));
  }
}
