package org.secrethandshake.benchmarks.report;

/** Draws charts. */
interface Painter {
  /** A chart as an element of a page. */
  String paint(Chart chart);
}
