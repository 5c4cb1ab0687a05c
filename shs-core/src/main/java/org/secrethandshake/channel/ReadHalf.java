package org.secrethandshake.channel;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.BoxStreamException.Reason;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.boxstream.Unboxer;

/** The receiving direction of a channel. Several threads may read, one at a time. */
final class ReadHalf {
  /** One packet, and a header more: so a peer that sends single packets never fills it. */
  private static final int IDLE_BYTES =
      Boxer.packetBytes(Boxer.MAX_BODY_BYTES) + Boxer.GOODBYE_BYTES;

  private final Lifecycle lifecycle;
  private final Unboxer unboxer;
  private final HalfLock lock;
  private final ByteBuffer idleInput = ByteBuffer.allocate(IDLE_BYTES).limit(0);
  private @Nullable ByteBuffer batchInput;
  private ByteBuffer input = idleInput;
  private boolean inputWasFilled;
  private volatile boolean ended;
  private volatile @Nullable Duration timeout;

  ReadHalf(Lifecycle lifecycle, Unboxer unboxer) {
    this.lifecycle = lifecycle;
    this.unboxer = unboxer;
    this.lock = new HalfLock(lifecycle, unboxer::close);
  }

  void timeout(@Nullable Duration timeout) {
    this.timeout = timeout;
  }

  /** Whether the peer's goodbye was received. */
  boolean hasEnded() {
    return ended;
  }

  void wipeWhenIdle() {
    lock.wipeWhenIdle();
  }

  /** Reads at least one byte, or -1 after the peer's goodbye. */
  int read(ByteBuffer dst) throws IOException {
    lock.enter();
    try {
      lifecycle.requireOpen(false);
      int before = dst.position();
      while (dst.hasRemaining() && !ended && needsInput(dst, before)) {
        lifecycle.requireOpen(true);
        fill();
      }
      int count = dst.position() - before;
      return count == 0 && ended && dst.hasRemaining() ? -1 : count;
    } catch (RuntimeException | Error e) {
      lifecycle.breakDown(e);
      throw e;
    } finally {
      lock.leave();
    }
  }

  /**
   * Unboxes what is received. Bytes already delivered by this read are never lost to an error
   * behind them: the error stays, and the next read reports it.
   *
   * @return whether this read has delivered nothing yet and more input could change that
   */
  private boolean needsInput(ByteBuffer dst, int before) throws IOException {
    try {
      Unboxer.Result result = unboxer.unbox(input, dst);
      while (result == Unboxer.Result.BODY) {
        result = unboxer.unbox(input, dst);
      }
      ended = result == Unboxer.Result.GOODBYE;
      return result == Unboxer.Result.NEED_INPUT && dst.position() == before;
    } catch (BoxStreamException e) {
      IOException error = lifecycle.fail(e);
      if (dst.position() > before) {
        return false;
      }
      throw error;
    }
  }

  /** Waits for input from the transport, within the read timeout. */
  private void fill() throws IOException {
    Duration limit = timeout;
    if (limit == null) {
      try {
        receive();
      } catch (IOException e) {
        throw lifecycle.fail(lifecycle.explain(e));
      }
    } else {
      try (Deadline deadline = Deadline.arm(limit, lifecycle.transport())) {
        receiveBefore(deadline, limit);
      }
    }
  }

  private void receiveBefore(Deadline deadline, Duration limit) throws IOException {
    try {
      receive();
      deadline.close();
    } catch (IOException e) {
      throw lifecycle.fail(deadline.passed() ? timedOut(limit, e) : lifecycle.explain(e));
    }
    if (deadline.passed()) {
      // What came at the last moment is delivered, and the next read reports the timeout.
      lifecycle.fail(timedOut(limit, null));
    }
  }

  private void receive() throws IOException {
    if (receive(nextInput()) < 0) {
      lifecycle.requireOpen(true);
      unboxer.endOfInput();
    }
  }

  private int receive(ByteBuffer buffer) throws IOException {
    try {
      int count = Transports.read(lifecycle.transport(), buffer);
      inputWasFilled = !buffer.hasRemaining();
      return count;
    } finally {
      input = buffer.flip();
    }
  }

  /**
   * The input is used up: more of it goes into a large buffer only if a read has filled its own.
   */
  private ByteBuffer nextInput() {
    if (inputWasFilled) {
      if (batchInput == null) {
        batchInput = BatchBuffers.borrow();
      }
      return batchInput.clear();
    }
    if (batchInput != null) {
      ByteBuffer unused = batchInput;
      batchInput = null;
      BatchBuffers.giveBack(unused);
    }
    return idleInput.clear();
  }

  private static BoxStreamException timedOut(Duration limit, @Nullable IOException cause) {
    SocketTimeoutException timeout = new SocketTimeoutException("the read timed out");
    timeout.initCause(cause);
    return new BoxStreamException(
        Reason.TRANSPORT,
        "The peer sent nothing within the read timeout (%s), so the channel was closed."
            .formatted(limit),
        timeout);
  }

  /**
   * Reads and drops input while the channel closes, until the peer's goodbye or a bound.
   *
   * <p>Closing a socket with unread bytes resets it, and the goodbye that we have just sent would
   * be lost with them.
   */
  void drain(Deadline bound, int maxBytes) throws IOException, InterruptedException {
    if (lock.enter(bound)) {
      try {
        drainLocked(maxBytes);
      } finally {
        lock.leave();
      }
    }
  }

  private void drainLocked(int maxBytes) throws IOException {
    ByteBuffer dropped = ByteBuffer.allocate(Unboxer.MAX_BODY_BYTES);
    int received = 0;
    while (!ended && !lifecycle.isWiping()) {
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
