package org.secrethandshake.channel;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.BoxStreamException.Reason;

/**
 * What both directions of a channel share: the transport, whether the channel is closing, and its
 * first error, which is sticky. Thread-safe.
 */
final class Lifecycle {
  private final ByteChannel transport;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
  private volatile boolean wiping;
  private Runnable wipe = () -> {};

  Lifecycle(ByteChannel transport) {
    this.transport = transport;
  }

  /** Sets, before the channel is used, what asks both directions to wipe their secrets. */
  void onWipe(Runnable wipe) {
    this.wipe = wipe;
  }

  ByteChannel transport() {
    return transport;
  }

  /** Begins the close; {@code false} if it was begun before. */
  boolean beginClose() {
    return closing.compareAndSet(false, true);
  }

  boolean isOpen() {
    return !closing.get() && failure.get() == null;
  }

  boolean hasFailed() {
    return failure.get() != null;
  }

  /** Whether the directions wipe their secrets as soon as nobody uses them. */
  boolean isWiping() {
    return wiping;
  }

  /**
   * Checks before an operation.
   *
   * @param entered whether the operation has begun, so that a close interrupts it
   */
  void requireOpen(boolean entered) throws IOException {
    IOException first = failure.get();
    if (first != null) {
      throw again(first);
    }
    if (closing.get()) {
      throw entered ? new AsynchronousCloseException() : new ClosedChannelException();
    }
  }

  /**
   * Records the first error and gives up the transport; returns what to throw. While the channel
   * closes, errors are its own doing, and whoever closes it finishes that.
   */
  IOException fail(IOException error) {
    if (closing.get()) {
      return error;
    }
    boolean first = failure.compareAndSet(null, error);
    abandon();
    IOException recorded = failure.get();
    return first || recorded == null ? error : again(recorded);
  }

  /**
   * A backend broke, or a transport broke its contract: the channel is dead, by nobody's attack.
   */
  void breakDown(Throwable cause) {
    ClosedChannelException error = new ClosedChannelException();
    error.initCause(cause);
    failure.compareAndSet(null, error);
    abandon();
  }

  /** Says what a failure of the transport means to the thread that met it. */
  IOException explain(IOException cause) {
    IOException first = failure.get();
    if (first != null) {
      return again(first);
    }
    if (closing.get()) {
      return new AsynchronousCloseException();
    }
    if (cause instanceof ClosedByInterruptException || cause instanceof BoxStreamException) {
      return cause;
    }
    return new BoxStreamException(Reason.TRANSPORT, "The transport failed: " + cause, cause);
  }

  /**
   * A sticky error for one more caller. It is another exception each time, because Java refuses to
   * suppress an exception in itself, which a second throw in a try-with-resources would ask for.
   */
  static IOException again(IOException first) {
    if (first instanceof BoxStreamException error) {
      return new BoxStreamException(error.reason(), String.valueOf(error.getMessage()), error);
    }
    ClosedChannelException closed = new ClosedChannelException();
    closed.initCause(first.getCause() == null ? first : first.getCause());
    return closed;
  }

  /** Gives up the transport, without a word to the peer, and the secrets. */
  void abandon() {
    wiping = true;
    Deadline.closeQuietly(transport);
    wipe.run();
  }
}
