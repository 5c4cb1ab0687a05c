package org.secrethandshake.channel;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Closes a transport when the time is up, which unblocks whoever reads or writes there.
 *
 * <p>One shared daemon thread watches all deadlines, and others close the transports, so that one
 * whose close blocks holds up no other. Whether a deadline fired or was cancelled is decided once,
 * so a close that it caused is never mistaken for the peer's. Thread-safe.
 */
final class Deadline implements AutoCloseable {
  private static final ScheduledThreadPoolExecutor TIMER = timer();
  private static final ExecutorService CLOSERS =
      Executors.newCachedThreadPool(task -> daemon(task, "shs-deadline-closer"));

  private enum State {
    ARMED,
    PASSED,
    CANCELLED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.ARMED);
  private final Closeable transport;
  private final long end;
  private final Future<?> task;

  private Deadline(Duration timeout, Closeable transport) {
    this.transport = transport;
    long nanos = saturatedNanos(timeout);
    end = System.nanoTime() + nanos;
    task = TIMER.schedule(this::pass, nanos, TimeUnit.NANOSECONDS);
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
      CLOSERS.execute(() -> closeQuietly(transport));
    }
  }

  static void closeQuietly(Closeable transport) {
    try {
      transport.close();
    } catch (IOException | RuntimeException e) {
      // The transport is given up; that it says so too changes nothing.
    }
  }

  private static long saturatedNanos(Duration timeout) {
    long mostNanos = Long.MAX_VALUE / 4;
    return timeout.compareTo(Duration.ofNanos(mostNanos)) < 0 ? timeout.toNanos() : mostNanos;
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, task -> daemon(task, "shs-deadlines"));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
