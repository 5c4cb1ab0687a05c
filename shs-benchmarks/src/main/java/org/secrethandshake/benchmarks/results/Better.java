package org.secrethandshake.benchmarks.results;

/** Which of two values of a figure a reader would rather have. */
public enum Better {
  /** More is better, as of operations per second. */
  HIGHER,
  /** Less is better, as of time or memory. */
  LOWER
}
