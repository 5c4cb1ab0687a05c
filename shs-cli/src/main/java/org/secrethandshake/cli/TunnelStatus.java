package org.secrethandshake.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.channel.ServerCounters;

/**
 * The line that says what a tunnel does: on a terminal one that changes, below all that is said;
 * elsewhere a line in each interval, if there is one. Thread-safe.
 */
final class TunnelStatus implements AutoCloseable {
  private static final Duration ON_TERMINAL = Duration.ofSeconds(1);
  private static final String ERASE = "\r\u001b[K";

  private final Shell shell;
  private final ServerCounters counters;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(TunnelStatus::daemon);
  private String drawn = "";

  private TunnelStatus(Shell shell, ServerCounters counters) {
    this.shell = shell;
    this.counters = counters;
  }

  /** Shows the counters until it is closed, and then once more. */
  static TunnelStatus show(Shell shell, ServerCounters counters, @Nullable Duration interval) {
    TunnelStatus status = new TunnelStatus(shell, counters);
    boolean moving = status.isMoving();
    Duration every = moving ? ON_TERMINAL : interval;
    if (every != null) {
      var unused =
          status.clock.scheduleAtFixedRate(
              moving ? status::draw : status::tell,
              every.toNanos(),
              every.toNanos(),
              TimeUnit.NANOSECONDS);
    }
    return status;
  }

  /** The same shell, whose lines go above the one that changes. */
  Shell shell() {
    return isMoving() ? shell.withErr(new Above()) : shell;
  }

  private final class Above extends PrintStream {
    Above() {
      super(shell.err(), true);
    }

    @Override
    public void println(@Nullable String line) {
      sayAbove(String.valueOf(line));
    }
  }

  private boolean isMoving() {
    return shell.isTerminal(Shell.Stream.ERR)
        && shell.variable("TERM").filter(term -> !term.equals("dumb")).isPresent();
  }

  private synchronized void sayAbove(String line) {
    String below = drawn;
    erase();
    shell.err().println(line);
    redraw(below);
  }

  private synchronized void draw() {
    String now = words(counters);
    if (!now.equals(drawn)) {
      redraw(now);
    }
  }

  private void redraw(String line) {
    if (!line.isEmpty()) {
      shell.err().print(ERASE + line);
      shell.err().flush();
    }
    drawn = line;
  }

  private void erase() {
    if (!drawn.isEmpty()) {
      shell.err().print(ERASE);
      drawn = "";
    }
  }

  /** Says the counters in a line of its own. */
  synchronized void tell() {
    erase();
    shell.say(words(counters));
  }

  /** What has happened so far; bytes count when their connection ends. */
  private static String words(ServerCounters counters) {
    long failed =
        Arrays.stream(HandshakeException.Reason.values())
            .mapToLong(counters::handshakesFailed)
            .sum();
    long cut =
        Arrays.stream(BoxStreamException.Reason.values()).mapToLong(counters::channelsCut).sum();
    return "%d open, %d opened, %d cut, %d not opened; %d bytes sent, %d received."
        .formatted(
            counters.openChannels(),
            counters.channelsOpened(),
            cut + counters.handlersFailed(),
            failed + counters.handshakesBroken(),
            counters.bytesWritten(),
            counters.bytesRead());
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "shs-status");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    tell();
  }
}
