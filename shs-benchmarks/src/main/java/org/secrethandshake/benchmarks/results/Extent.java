package org.secrethandshake.benchmarks.results;

/** How much is measured, and so how long it takes. */
public enum Extent {
  /** Two minutes in all, for the terminal. */
  BRIEF,
  /** Three minutes in all: every ranking, with few samples. */
  QUICK,
  /** Under thirty minutes in all: every figure. */
  FULL
}
