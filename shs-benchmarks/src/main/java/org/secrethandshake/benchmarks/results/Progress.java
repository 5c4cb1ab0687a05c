package org.secrethandshake.benchmarks.results;

import java.time.Duration;

/** Learns what is being measured, so that it can be shown. */
public interface Progress {
  /**
   * Called before each part.
   *
   * @param what the part, in words
   * @param estimate how long it should take
   */
  void starting(String what, Duration estimate);
}
