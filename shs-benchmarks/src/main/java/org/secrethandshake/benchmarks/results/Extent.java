package org.secrethandshake.benchmarks.results;

/** How much is measured. */
public enum Extent {
  /** Two minutes in all, for the terminal. */
  BRIEF,
  /** Three minutes in all, for the charts of a first report. */
  QUICK,
  /** All there is, in under thirty minutes. */
  FULL
}
