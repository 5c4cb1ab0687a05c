package org.secrethandshake.benchmarks.report;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.secrethandshake.benchmarks.results.Progress;

/**
 * Progress with the time left: one line that is drawn again and again on a terminal, else a line
 * per part. Closing it ends that line. Thread-safe.
 */
public final class TerminalProgress implements Progress, AutoCloseable {
  private static final int BAR_WIDTH = 20;
  private static final int WIDTH = 79;

  private final RemainingTime time;
  private final PrintStream out;
  private final boolean terminal;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(TerminalProgress::daemon);
  private String current = "";

  /**
   * Begins to count.
   *
   * @param estimate how long all parts take together
   * @param clock what time it is
   * @param out usually the error stream
   * @param terminal whether a line can be drawn over
   */
  public TerminalProgress(
      Duration estimate, InstantSource clock, PrintStream out, boolean terminal) {
    this.time = new RemainingTime(estimate, clock);
    this.out = out;
    this.terminal = terminal;
  }

  /** Progress on the error stream, which counts down by itself where that is a terminal. */
  public static TerminalProgress onErrorStream(Duration estimate) {
    return onErrorStream(estimate, Terminal.attached());
  }

  /** Progress on the error stream, for a caller who knows whether it is a terminal. */
  public static TerminalProgress onErrorStream(Duration estimate, boolean terminal) {
    TerminalProgress progress =
        new TerminalProgress(estimate, InstantSource.system(), System.err, terminal);
    if (terminal) {
      var unused = progress.clock.scheduleAtFixedRate(progress::draw, 1, 1, TimeUnit.SECONDS);
    }
    return progress;
  }

  @Override
  public synchronized void starting(String what, Duration estimate) {
    time.starting(estimate);
    current = what;
    if (terminal) {
      draw();
    } else {
      out.println(line());
    }
  }

  /** Ends the line. */
  @Override
  public synchronized void close() {
    clock.shutdownNow();
    if (terminal) {
      out.print("\r" + " ".repeat(WIDTH) + "\r");
      out.flush();
    }
  }

  private synchronized void draw() {
    if (!clock.isShutdown()) {
      String line = line();
      String fitting = line.substring(0, Math.min(WIDTH, line.length()));
      out.print("\r" + fitting + " ".repeat(WIDTH - fitting.length()));
      out.flush();
    }
  }

  private String line() {
    double share = time.share();
    int done = (int) (share * BAR_WIDTH);
    return "[%s%s] %2d %%  %s left  %s"
        .formatted(
            "#".repeat(done),
            ".".repeat(BAR_WIDTH - done),
            (int) (share * 100),
            Numbers.duration(time.left()),
            current);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "shs-benchmark-progress");
    thread.setDaemon(true);
    return thread;
  }
}
