package org.secrethandshake.channel;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.BoxStreamException.Reason;

/**
 * How long a read, a write and silence may last on one channel. When one of them lasts longer, the
 * channel fails, which unblocks whoever waits there.
 *
 * <p>A limited operation costs a reading of the clock and allocates nothing. One timer task for
 * each channel looks at what is under way, as seldom as the limits allow, and only while there is
 * something to look at. Thread-safe.
 */
final class TimeLimits {
  private final ChannelState state;
  private final Limit read =
      new Limit(
          "The peer sent nothing within the read timeout (%s), so the channel was cut. The peer is"
              + " slow or silent, or the network between is down.");
  private final Limit write =
      new Limit(
          "The peer took nothing within the write timeout (%s), so the channel was cut. The peer"
              + " does not read, or the network between is down.");
  private final Limit idle =
      new Limit(
          "Nothing was received or sent within the idle timeout (%s), so the channel was cut.");
  private volatile long nextLook;
  private volatile boolean watching;
  private @Nullable Future<?> task;

  TimeLimits(ChannelState state) {
    this.state = state;
  }

  /** How long a read may wait for its first byte. */
  Limit read() {
    return read;
  }

  /** How long the transport may take for one batch of packets. */
  Limit write() {
    return write;
  }

  /** How long the channel may be silent in both directions. */
  Limit idle() {
    return idle;
  }

  /** Ends the watch, once the channel is over. */
  synchronized void stop() {
    if (task != null) {
      task.cancel(false);
    }
  }

  private synchronized void lookAt(long time) {
    if ((watching && nextLook - time <= 0) || state.isOver()) {
      return;
    }
    stop();
    watching = true;
    nextLook = time;
    try {
      task = Background.TIMER.schedule(this::look, time - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (RuntimeException | Error e) {
      watching = false;
      throw e;
    }
  }

  private void look() {
    watching = false;
    read.look();
    write.look();
    idle.look();
  }

  /** One limit, and since when it runs. */
  final class Limit {
    private static final long NOT_RUNNING = 0;

    private final String sentence;
    private volatile @Nullable Duration limit;
    private volatile long nanos;
    private volatile long since = NOT_RUNNING;

    private Limit(String sentence) {
      this.sentence = sentence;
    }

    /** Sets the limit; {@code null} for none. What runs under one already runs anew. */
    void set(@Nullable Duration limit) {
      this.limit = limit;
      nanos = limit == null ? 0 : Deadline.nanos(limit);
      if (limit != null && since != NOT_RUNNING) {
        begin();
      }
    }

    boolean isRunning() {
      return since != NOT_RUNNING;
    }

    /** What is limited begins, or begins anew. */
    void begin() {
      if (nanos == 0) {
        return;
      }
      long now = System.nanoTime();
      since = now == NOT_RUNNING ? 1 : now;
      if (!watching || nextLook - (now + nanos) > 0) {
        lookAt(now + nanos);
      }
    }

    /** What is limited has ended. */
    void end() {
      if (since != NOT_RUNNING) {
        since = NOT_RUNNING;
      }
    }

    private void look() {
      long began = since;
      Duration exceeded = limit;
      if (began == NOT_RUNNING || exceeded == null) {
        return;
      }
      long end = began + Deadline.nanos(exceeded);
      if (System.nanoTime() - end >= 0) {
        BoxStreamException error =
            new BoxStreamException(Reason.TIMEOUT, sentence.formatted(seconds(exceeded)));
        Background.run(() -> state.fail(error));
      } else {
        lookAt(end);
      }
    }
  }

  /** A duration in words. */
  static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
