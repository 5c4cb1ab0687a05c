package org.secrethandshake.channel;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Closes a transport when the time is up, which unblocks whoever reads or writes there.
 *
 * <p>Whether a deadline passed or was cancelled is decided once, so a close that it caused is never
 * mistaken for the peer's. A transport whose close blocks holds up no other deadline. Thread-safe.
 */
final class Deadline implements AutoCloseable {
  /** Far enough for any wait, and near enough that a sum of times never overflows. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 4);

  private enum State {
    ARMED,
    PASSED,
    CANCELLED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.ARMED);
  private final Runnable closing;
  private final long end;
  private final Future<?> task;

  private Deadline(Duration timeout, Closeable transport) {
    this.closing = () -> closeQuietly(transport);
    long nanos = nanos(timeout);
    end = System.nanoTime() + nanos;
    task = Background.TIMER.schedule(this::pass, nanos, TimeUnit.NANOSECONDS);
  }

  /** Arms a deadline; closing the returned object cancels it. */
  static Deadline arm(Duration timeout, Closeable transport) {
    return new Deadline(timeout, transport);
  }

  /** Tells whether this deadline closed the transport. */
  boolean passed() {
    return state.get() == State.PASSED;
  }

  /** The time left, not negative. */
  long remainingNanos() {
    return Math.max(0, end - System.nanoTime());
  }

  /** Cancels the deadline, unless it has passed: then that stays so. */
  @Override
  public void close() {
    if (state.compareAndSet(State.ARMED, State.CANCELLED)) {
      task.cancel(false);
    }
  }

  private void pass() {
    if (state.compareAndSet(State.ARMED, State.PASSED)) {
      Background.run(closing);
    }
  }

  static void closeQuietly(Closeable transport) {
    try {
      transport.close();
    } catch (IOException | RuntimeException e) {
      // The transport is given up; that it says so too changes nothing.
    }
  }

  /** The nanoseconds of any duration, however long. */
  static long nanos(Duration duration) {
    return (duration.compareTo(LONGEST) < 0 ? duration : LONGEST).toNanos();
  }
}
