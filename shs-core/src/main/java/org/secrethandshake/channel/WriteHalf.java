package org.secrethandshake.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.boxstream.Boxer;

/**
 * The sending direction of a channel. Several threads may write; each write's bytes stay together.
 *
 * <p>A goodbye says that all was sent. So none is sent once a write was cut short, by whatever, nor
 * by a close that finds a write under way.
 *
 * <p>An error of the transport ends this direction only: what the peer sent before it went away can
 * still be read.
 */
final class WriteHalf {
  private enum Output {
    OPEN,
    SAYING_GOODBYE,
    ENDED,
    CUT
  }

  private final ChannelState state;
  private final TimeLimits limits;
  private final Boxer boxer;
  private final HalfLock lock;
  private final FairShare share = new FairShare();
  private volatile Output output = Output.OPEN;
  private @Nullable IOException failure;
  private final AtomicLong bytes = new AtomicLong();

  WriteHalf(ChannelState state, TimeLimits limits, Boxer boxer) {
    this.state = state;
    this.limits = limits;
    this.boxer = boxer;
    this.lock = new HalfLock(state, boxer::close);
  }

  /** Whether our goodbye has left. */
  boolean hasEnded() {
    return output == Output.ENDED;
  }

  /** How many bytes of plaintext the transport has taken, in batches. */
  long bytes() {
    return bytes.getAcquire();
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
      writeAll(src);
      return length;
    } finally {
      lock.leave();
    }
  }

  /** Says goodbye, once; a second call does nothing. */
  void goodbye() throws IOException {
    lock.enter();
    try {
      state.requireUsable();
      requireWorking();
      writeGoodbye();
    } finally {
      lock.leave();
    }
  }

  /**
   * Says goodbye while the channel closes, if that is true: not while a write is under way, nor
   * after one that was cut short. The goodbye of another thread is waited for.
   */
  void goodbyeUnlessWriting(Deadline bound) throws IOException, InterruptedException {
    boolean entered =
        lock.enterIfUnused() || (output == Output.SAYING_GOODBYE && lock.enter(bound));
    if (entered) {
      try {
        if (!state.isOver()) {
          writeGoodbye();
        }
      } finally {
        lock.leave();
      }
    }
  }

  private void writeAll(ByteBuffer src) throws IOException {
    try {
      BufferPool pool =
          src.remaining() > Boxer.MAX_BODY_BYTES ? BufferPool.BATCHES : BufferPool.PACKETS;
      ByteBuffer packets = pool.borrow();
      writeAll(src, packets);
      pool.giveBack(packets);
    } catch (IOException e) {
      throw cutShort(e);
    } catch (RuntimeException | Error e) {
      breakDown(e);
      throw e;
    }
  }

  private void writeAll(ByteBuffer src, ByteBuffer packets) throws IOException {
    while (src.hasRemaining()) {
      state.requireStillOpen();
      int before = src.position();
      boxer.box(src, packets.clear());
      send(packets.flip());
      // The lock makes this thread the only one that counts.
      bytes.setRelease(bytes.getPlain() + src.position() - before);
      share.moved(packets.limit());
    }
  }

  private void writeGoodbye() throws IOException {
    if (output != Output.OPEN) {
      return;
    }
    output = Output.SAYING_GOODBYE;
    try {
      ByteBuffer goodbye = ByteBuffer.allocate(Boxer.GOODBYE_BYTES);
      boxer.goodbye(goodbye);
      send(goodbye.flip());
      output = Output.ENDED;
    } catch (IOException e) {
      throw cutShort(e);
    } catch (RuntimeException | Error e) {
      breakDown(e);
      throw e;
    }
  }

  private void send(ByteBuffer packets) throws IOException {
    limits.write().begin();
    try {
      Transports.writeFully(state.transport(), packets);
    } finally {
      limits.write().end();
    }
    limits.idle().begin();
  }

  /** The output is cut; an interrupt has closed the transport, which ends the whole channel. */
  private IOException cutShort(IOException cause) {
    output = Output.CUT;
    IOException explained = state.explain(cause);
    failure = explained;
    return explained instanceof ClosedByInterruptException ? state.fail(explained) : explained;
  }

  private void breakDown(Throwable cause) {
    output = Output.CUT;
    state.breakDown(cause);
  }

  private void requireOutputOpen() throws IOException {
    state.requireUsable();
    requireWorking();
    if (output != Output.OPEN) {
      ClosedChannelException error = new ClosedChannelException();
      error.initCause(
          new IllegalStateException("the output was shut down, and its goodbye is sent"));
      throw error;
    }
  }

  private void requireWorking() throws IOException {
    if (failure != null) {
      throw ChannelState.again(failure);
    }
  }
}
