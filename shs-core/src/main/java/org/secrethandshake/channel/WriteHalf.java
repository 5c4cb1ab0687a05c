package org.secrethandshake.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
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
  private final HalfLock lock;
  private final ByteBuffer onePacket = ByteBuffer.allocate(Boxer.packetBytes(Boxer.MAX_BODY_BYTES));
  private boolean goodbyeBegun;
  private volatile boolean goodbyeSent;
  private @Nullable IOException failure;

  WriteHalf(Lifecycle lifecycle, Boxer boxer) {
    this.lifecycle = lifecycle;
    this.boxer = boxer;
    this.lock = new HalfLock(lifecycle, boxer::close);
  }

  /** Whether our goodbye has left. */
  boolean hasEnded() {
    return goodbyeSent;
  }

  void wipeWhenIdle() {
    lock.wipeWhenIdle();
  }

  /** Writes all of {@code src}. */
  int write(ByteBuffer src) throws IOException {
    int length = src.remaining();
    lock.enter();
    try {
      requireOutputOpen();
      if (length > Boxer.MAX_BODY_BYTES) {
        writeInBatches(src);
      } else {
        writePackets(src, onePacket);
      }
      return length;
    } catch (RuntimeException | Error e) {
      lifecycle.breakDown(e);
      throw e;
    } finally {
      lock.leave();
    }
  }

  /** Says goodbye, once; a second call does nothing. */
  void goodbye() throws IOException {
    lock.enter();
    try {
      lifecycle.requireOpen(false);
      requireWorking();
      writeGoodbye();
    } catch (RuntimeException | Error e) {
      lifecycle.breakDown(e);
      throw e;
    } finally {
      lock.leave();
    }
  }

  /** Says goodbye while the channel closes, if the lock can be had before the deadline. */
  void goodbye(Deadline bound) throws IOException, InterruptedException {
    if (lock.enter(bound)) {
      try {
        if (failure == null && !lifecycle.isWiping()) {
          writeGoodbye();
        }
      } finally {
        lock.leave();
      }
    }
  }

  private void writeInBatches(ByteBuffer src) throws IOException {
    ByteBuffer batch = BatchBuffers.borrow();
    while (src.hasRemaining()) {
      lifecycle.requireOpen(true);
      writePackets(src, batch);
    }
    BatchBuffers.giveBack(batch);
  }

  private void writePackets(ByteBuffer src, ByteBuffer packets) throws IOException {
    boxer.box(src, packets.clear());
    send(packets.flip());
  }

  private void writeGoodbye() throws IOException {
    if (!goodbyeBegun) {
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

  private void requireOutputOpen() throws IOException {
    lifecycle.requireOpen(false);
    requireWorking();
    if (goodbyeBegun) {
      ClosedChannelException error = new ClosedChannelException();
      error.initCause(
          new IllegalStateException("the output was shut down, and its goodbye is sent"));
      throw error;
    }
  }

  private void requireWorking() throws IOException {
    if (failure != null) {
      throw Lifecycle.again(failure);
    }
  }
}
