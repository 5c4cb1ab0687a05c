package org.secrethandshake.benchmarks.results;

import java.time.Duration;

/** Hears what is about to be measured. */
public interface Progress {
  /** Called before each part, with the time it is expected to take. */
  void starting(String what, Duration estimate);
}
