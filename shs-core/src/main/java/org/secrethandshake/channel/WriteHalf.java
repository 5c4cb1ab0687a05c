package org.secrethandshake.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.boxstream.Boxer;

/**
 * The sending direction of a channel. Several threads may write; each write's bytes stay together.
 *
 * <p>An error of the transport ends this direction alone: what the peer sent before it went away
 * can still be read.
 */
final class WriteHalf {
  private final Lifecycle lifecycle;
  private final Boxer boxer;
  private final ReentrantLock lock = new ReentrantLock();
  private final ByteBuffer onePacket = ByteBuffer.allocate(Boxer.packetBytes(Boxer.MAX_BODY_BYTES));
  private boolean goodbyeBegun;
  private volatile boolean goodbyeSent;
  private @Nullable IOException failure;

  WriteHalf(Lifecycle lifecycle, Boxer boxer) {
    this.lifecycle = lifecycle;
    this.boxer = boxer;
  }

  /** Whether our goodbye has left. */
  boolean hasEnded() {
    return goodbyeSent;
  }

  /** Writes all of {@code src}. */
  int write(ByteBuffer src) throws IOException {
    lock.lock();
    try {
      requireOutputOpen(false);
      int length = src.remaining();
      if (length > Boxer.MAX_BODY_BYTES) {
        writeInBatches(src);
      } else {
        writePackets(src, onePacket);
      }
      return length;
    } catch (RuntimeException e) {
      lifecycle.breakDown(e);
      throw e;
    } finally {
      unlock();
    }
  }

  /** Says goodbye, once; a second call does nothing. */
  void goodbye() throws IOException {
    lock.lock();
    try {
      lifecycle.requireOpen(false);
      writeGoodbye();
    } finally {
      unlock();
    }
  }

  /** Says goodbye while the channel closes, if the lock can be had before the deadline. */
  void goodbye(Deadline bound) throws IOException, InterruptedException {
    if (lock.tryLock(bound.remainingNanos(), TimeUnit.NANOSECONDS)) {
      try {
        writeGoodbye();
      } finally {
        unlock();
      }
    }
  }

  /** Wipes the key, now or when the thread that writes leaves. */
  void wipeWhenIdle() {
    if (lock.tryLock()) {
      unlock();
    }
  }

  private void writeInBatches(ByteBuffer src) throws IOException {
    ByteBuffer batch = BatchBuffers.borrow();
    while (src.hasRemaining()) {
      writePackets(src, batch);
      requireOutputOpen(src.hasRemaining());
    }
    BatchBuffers.giveBack(batch);
  }

  private void writePackets(ByteBuffer src, ByteBuffer packets) throws IOException {
    boxer.box(src, packets.clear());
    send(packets.flip());
  }

  private void writeGoodbye() throws IOException {
    if (!goodbyeBegun && failure == null && !lifecycle.isWiping()) {
      goodbyeBegun = true;
      boxer.goodbye(onePacket.clear());
      send(onePacket.flip());
      goodbyeSent = true;
    }
  }

  private void send(ByteBuffer packets) throws IOException {
    try {
      Transports.writeFully(lifecycle.transport(), packets);
    } catch (IOException e) {
      failure = lifecycle.explain(e);
      throw failure;
    }
  }

  private void requireOutputOpen(boolean entered) throws IOException {
    lifecycle.requireOpen(entered);
    if (failure != null) {
      throw failure;
    }
    if (goodbyeBegun) {
      ClosedChannelException error = new ClosedChannelException();
      error.initCause(
          new IllegalStateException("the output was shut down, and its goodbye is sent"));
      throw error;
    }
  }

  /**
   * Leaves the lock, and wipes if that became due meanwhile. Looking again after the release means
   * that either this thread or the one that closes finds the lock free.
   */
  private void unlock() {
    lock.unlock();
    if (lifecycle.isWiping() && lock.tryLock()) {
      try {
        boxer.close();
      } finally {
        lock.unlock();
      }
    }
  }
}
