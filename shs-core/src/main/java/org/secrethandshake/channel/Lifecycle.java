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

  Lifecycle(ByteChannel transport) {
    this.transport = transport;
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

  /** Whether the halves wipe their keys as soon as nobody uses them. */
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
      throw first;
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
    failure.compareAndSet(null, error);
    abandon();
    IOException first = failure.get();
    return first == null ? error : first;
  }

  /**
   * A backend broke, or a transport broke its contract: the channel is dead, by nobody's attack.
   */
  void breakDown(RuntimeException cause) {
    ClosedChannelException error = new ClosedChannelException();
    error.initCause(cause);
    failure.compareAndSet(null, error);
    abandon();
  }

  /** Says what a failure of the transport means to the thread that met it. */
  IOException explain(IOException cause) {
    IOException first = failure.get();
    if (first != null) {
      return first;
    }
    if (closing.get()) {
      return new AsynchronousCloseException();
    }
    if (cause instanceof ClosedByInterruptException || cause instanceof BoxStreamException) {
      return cause;
    }
    return new BoxStreamException(Reason.TRANSPORT, "The transport failed: " + cause, cause);
  }

  /** Gives up the transport, without a word to the peer. */
  void abandon() {
    Deadline.closeQuietly(transport);
    wiping = true;
  }
}
