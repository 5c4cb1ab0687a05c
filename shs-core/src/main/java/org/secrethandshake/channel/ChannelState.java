package org.secrethandshake.channel;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.BoxStreamException;

/**
 * The one state of a channel, from which all else follows: what its calls may do and what they
 * throw, whether the transport is closed, and whether the secrets are wiped.
 *
 * <pre>
 *   OPEN ---- close() ----> CLOSING ---> CLOSED
 *     |------ abort() ------------------> CLOSED
 *     |------ first error --> FAILED
 *     '------ both goodbyes -> ENDED
 * </pre>
 *
 * <p>In all but the first two the transport is closed and the secrets are wiped as soon as no
 * thread uses them. Thread-safe.
 */
final class ChannelState {
  /** The state's name. */
  enum Name {
    OPEN,
    CLOSING,
    CLOSED,
    FAILED,
    ENDED
  }

  private final ByteChannel transport;
  private final Runnable wipe;
  private volatile Name name = Name.OPEN;
  private volatile @Nullable IOException error;
  private final CountDownLatch given = new CountDownLatch(1);

  /**
   * Creates the state of an open channel.
   *
   * @param wipe asks both directions to wipe their secrets once they are idle
   */
  ChannelState(ByteChannel transport, Runnable wipe) {
    this.transport = transport;
    this.wipe = wipe;
  }

  ByteChannel transport() {
    return transport;
  }

  Name name() {
    return name;
  }

  /** Whether this channel can carry nothing more, not even our goodbye. */
  boolean isOver() {
    return name != Name.OPEN && name != Name.CLOSING;
  }

  private synchronized boolean change(Name from, Name to) {
    boolean changes = name == from;
    if (changes) {
      name = to;
    }
    return changes;
  }

  private boolean changeForGood(Name from, Name to) {
    boolean changes = change(from, to);
    if (changes) {
      giveUp();
    }
    return changes;
  }

  /**
   * Begins to take leave; {@code false} if that has begun, or there is nothing to take leave of.
   */
  boolean beginClose() {
    return !change(Name.ENDED, Name.CLOSED) && change(Name.OPEN, Name.CLOSING);
  }

  /** Ends what {@link #beginClose} began. */
  void finishClose() {
    changeForGood(Name.CLOSING, Name.CLOSED);
  }

  /** Closes at once, in mid-close too. */
  void abort() {
    if (!abortIfOpen() && !changeForGood(Name.CLOSING, Name.CLOSED)) {
      change(Name.ENDED, Name.CLOSED);
    }
  }

  /** Closes at once, unless somebody else is ending this channel already. */
  boolean abortIfOpen() {
    return changeForGood(Name.OPEN, Name.CLOSED);
  }

  /** Both goodbyes have passed. */
  void end() {
    changeForGood(Name.OPEN, Name.ENDED);
  }

  /**
   * Ends the channel with its first error, unless it was over before.
   *
   * @return what the thread that met the error throws
   */
  IOException fail(IOException met) {
    if (isFirst(met)) {
      giveUp();
      return met;
    }
    return name == Name.ENDED ? met : explain(met);
  }

  private synchronized boolean isFirst(IOException met) {
    if (name == Name.OPEN) {
      error = met;
    }
    return change(Name.OPEN, Name.FAILED);
  }

  /**
   * A backend broke, or a transport broke its contract: the channel is dead, by nobody's attack.
   */
  void breakDown(Throwable cause) {
    ClosedChannelException broken = new ClosedChannelException();
    broken.initCause(cause);
    fail(broken);
  }

  /** Gives up the transport, without a word to the peer, and the secrets. */
  private void giveUp() {
    try {
      Deadline.closeQuietly(transport);
    } finally {
      wipe.run();
      given.countDown();
    }
  }

  /** Waits for whoever closes this channel. */
  void awaitEnd(Duration bound) {
    try {
      given.await(Deadline.nanos(bound), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Checks before an operation begins. */
  void requireUsable() throws IOException {
    Name now = requireNoError();
    if (now == Name.CLOSING || now == Name.CLOSED) {
      throw new ClosedChannelException();
    }
  }

  /** Checks in the middle of an operation, which a close ends. */
  void requireStillOpen() throws IOException {
    if (requireNoError() != Name.OPEN) {
      throw new AsynchronousCloseException();
    }
  }

  private Name requireNoError() throws IOException {
    Name now = name;
    IOException first = error;
    if (first != null) {
      throw again(first);
    }
    return now;
  }

  /** Says what a failure of the transport means to the thread that met it. */
  IOException explain(IOException cause) {
    try {
      requireStillOpen();
    } catch (IOException ended) {
      return ended;
    }
    if (cause instanceof ClosedByInterruptException || cause instanceof BoxStreamException) {
      return cause;
    }
    return Transports.failure(cause);
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
}
