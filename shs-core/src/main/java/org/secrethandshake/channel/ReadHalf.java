package org.secrethandshake.channel;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.IllegalBlockingModeException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.boxstream.Unboxer;

/** The receiving direction of a channel. Several threads may read, one at a time. */
final class ReadHalf {
  /** What a channel that waits keeps for the first bytes to come: a small packet as a whole. */
  private static final int IDLE_BYTES = 128;

  private final ChannelState state;
  private final TimeLimits limits;
  private final Unboxer unboxer;
  private final HalfLock lock;
  private final ByteBuffer idleInput = ByteBuffer.allocate(IDLE_BYTES).limit(0);
  private @Nullable BufferPool pool;
  private ByteBuffer input = idleInput;
  private boolean inputWasFilled;
  private volatile boolean ended;
  private @Nullable BoxStreamException behind;
  private final AtomicLong bytes = new AtomicLong();

  ReadHalf(ChannelState state, TimeLimits limits, Unboxer unboxer) {
    this.state = state;
    this.limits = limits;
    this.unboxer = unboxer;
    this.lock = new HalfLock(state, unboxer::close);
  }

  /** Whether the peer's goodbye was received. */
  boolean hasEnded() {
    return ended;
  }

  /** How many bytes of plaintext reads have delivered. */
  long bytes() {
    return bytes.getAcquire();
  }

  void wipeWhenIdle() {
    lock.wipeWhenIdle();
  }

  /** Reads at least one byte, or -1 after the peer's goodbye. */
  int read(ByteBuffer dst) throws IOException {
    lock.enter();
    try {
      state.requireUsable();
      int before = dst.position();
      while (dst.hasRemaining() && !ended && needsInput(dst, before)) {
        state.requireStillOpen();
        if (!limits.read().isRunning()) {
          limits.read().begin();
        }
        fill();
      }
      int count = dst.position() - before;
      // The lock makes this thread the only one that counts.
      bytes.setRelease(bytes.getPlain() + count);
      return count == 0 && ended && dst.hasRemaining() ? -1 : count;
    } catch (RuntimeException | Error e) {
      state.breakDown(e);
      throw e;
    } finally {
      limits.read().end();
      lock.leave();
    }
  }

  /**
   * Unboxes what is received. An error takes effect when a read reaches it: what is authentic
   * before it is delivered first, and until the next read the channel is as good as ever.
   *
   * @return whether this read has delivered nothing yet and more input could change that
   */
  private boolean needsInput(ByteBuffer dst, int before) throws IOException {
    try {
      if (behind != null) {
        throw behind;
      }
      Unboxer.Result result = unboxer.unbox(input, dst);
      while (result == Unboxer.Result.BODY) {
        result = unboxer.unbox(input, dst);
      }
      ended = result == Unboxer.Result.GOODBYE;
    } catch (BoxStreamException e) {
      if (dst.position() == before) {
        throw state.fail(e);
      }
      behind = e;
    }
    boolean delivered = dst.position() > before;
    if (delivered) {
      limits.idle().begin();
    }
    return !delivered && !ended;
  }

  /** Waits for input from the transport. */
  private void fill() throws IOException {
    try {
      if (receive(nextInput()) < 0) {
        state.requireStillOpen();
        unboxer.endOfInput();
      }
    } catch (SocketTimeoutException e) {
      // The transport's own timeout: it has received nothing and lost nothing.
      state.requireStillOpen();
      throw e;
    } catch (IOException e) {
      throw state.fail(state.explain(e));
    }
  }

  private int receive(ByteBuffer buffer) throws IOException {
    try {
      int count = Transports.read(state.transport(), buffer);
      inputWasFilled = !buffer.hasRemaining();
      return count;
    } finally {
      input = buffer.flip();
    }
  }

  /**
   * The input is used up. A read that has filled its buffer is followed by one into a larger
   * buffer, which is borrowed; one that has not, by one into the small buffer of an idle channel.
   */
  private ByteBuffer nextInput() {
    if (!inputWasFilled) {
      giveInputBack();
    } else if (pool != BufferPool.BATCHES) {
      BufferPool larger = pool == null ? BufferPool.PACKETS : BufferPool.BATCHES;
      giveInputBack();
      input = larger.borrow();
      pool = larger;
    }
    return input.clear();
  }

  private void giveInputBack() {
    BufferPool from = pool;
    if (from != null) {
      ByteBuffer unused = input;
      input = idleInput;
      pool = null;
      from.giveBack(unused);
    }
  }

  /** Waits, after the peer's goodbye, until the transport's input ends, or the channel does. */
  void awaitPeerGone() throws IOException {
    lock.enter();
    try {
      if (!ended) {
        throw new IllegalStateException("the peer has not said goodbye yet");
      }
      // Nothing authentic can follow a goodbye: what comes is dropped unread.
      ByteBuffer dropped = ByteBuffer.allocate(Boxer.GOODBYE_BYTES);
      int count = 0;
      while (count >= 0 && !state.isOver()) {
        count = Transports.read(state.transport(), dropped.clear());
      }
    } catch (IOException e) {
      if (state.explain(e) instanceof ClosedByInterruptException interrupt) {
        throw state.fail(interrupt);
      }
      // A connection that fails ends, too.
    } catch (IllegalBlockingModeException e) {
      state.breakDown(e);
      throw e;
    } finally {
      lock.leave();
    }
  }

  /**
   * Reads and drops input while the channel closes, until the peer's goodbye or a bound.
   *
   * <p>Closing a socket with unread bytes resets it, and the goodbye that we have just sent would
   * be lost with them.
   */
  void drain(Deadline bound, int maxBytes) throws IOException, InterruptedException {
    if (lock.enter(bound)) {
      ByteBuffer dropped = ByteBuffer.allocate(Unboxer.MAX_BODY_BYTES);
      try {
        drainInto(dropped, maxBytes);
      } finally {
        Arrays.fill(dropped.array(), (byte) 0);
        lock.leave();
      }
    }
  }

  private void drainInto(ByteBuffer dropped, int maxBytes) throws IOException {
    int received = 0;
    while (!ended && behind == null && !state.isOver()) {
      Unboxer.Result result = unboxer.unbox(input, dropped.clear());
      ended = result == Unboxer.Result.GOODBYE;
      if (result == Unboxer.Result.NEED_INPUT) {
        int count = received < maxBytes ? receive(nextInput()) : -1;
        if (count < 0) {
          return;
        }
        received += count;
      }
    }
  }
}
