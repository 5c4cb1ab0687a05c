package org.secrethandshake.benchmarks.results;

/** How much is measured, all parts together. */
public enum Extent {
  /** Two minutes, for the terminal. */
  BRIEF,
  /** Three minutes. */
  QUICK,
  /** Under thirty minutes. */
  FULL
}
