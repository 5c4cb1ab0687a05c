package org.secrethandshake.cli;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * The progress of a transfer: a bar that moves on a terminal, a line for each quarter elsewhere.
 * Used by one thread.
 */
final class ProgressBar {
  private static final int CELLS = 30;
  private static final int QUARTERS = 4;
  private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final double MEBI = 1 << 20;

  private final PrintStream out;
  private final Style style;
  private final long total;
  private long start;
  private long drawn;
  private long done;
  private int quarters;

  ProgressBar(PrintStream out, Style style, long total) {
    this.out = out;
    this.style = style;
    this.total = total;
  }

  /** Begins to measure the time. */
  void start() {
    start = System.nanoTime();
    drawn = start - REDRAW_NANOS;
  }

  /** Counts bytes that have arrived. */
  void add(int bytes) {
    done += bytes;
    if (style.isMoving()) {
      redraw();
    } else {
      tellQuarters();
    }
  }

  private void redraw() {
    long now = System.nanoTime();
    if (done == total || now - drawn >= REDRAW_NANOS) {
      drawn = now;
      out.print("\r" + line(bar() + " ") + (done == total ? System.lineSeparator() : ""));
      out.flush();
    }
  }

  private void tellQuarters() {
    while (quarters < QUARTERS && done * QUARTERS >= total * (quarters + 1)) {
      quarters++;
      out.println(line("").stripTrailing());
    }
  }

  /** Of constant width while it moves, so that it covers what stood there. */
  private String line(String bar) {
    return "  transfer  %s%3d %%  %d of %d MiB  %.0f MiB/s  "
        .formatted(bar, done * 100 / total, done >> 20, total >> 20, speed());
  }

  private double speed() {
    double seconds = Math.max(1, System.nanoTime() - start) / 1e9;
    return done / MEBI / seconds;
  }

  private String bar() {
    int full = (int) (done * CELLS / total);
    String solid = style.hasDrawings() ? "█" : "#";
    String empty = style.hasDrawings() ? "░" : ".";
    return style.good(solid.repeat(full)) + style.faint(empty.repeat(CELLS - full));
  }
}
