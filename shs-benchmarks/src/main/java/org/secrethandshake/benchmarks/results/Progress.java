package org.secrethandshake.benchmarks.results;

import java.time.Duration;

/** Learns what is measured now, and how long that is expected to take. */
@FunctionalInterface
public interface Progress {
  /**
   * Called before each part of a run.
   *
   * @param what the part, in a few words
   * @param estimate the time that this part should take
   */
  void starting(String what, Duration estimate);
}
