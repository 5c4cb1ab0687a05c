package org.secrethandshake.channel;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
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

  /** Reads in a row that fill the small buffer before a large one is borrowed. */
  private static final int BUSY_READS = 2;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Lifecycle lifecycle;
  private final Unboxer unboxer;
  private final ReentrantLock lock = new ReentrantLock();
  private final ByteBuffer idleInput = ByteBuffer.allocate(IDLE_BYTES).limit(0);
  private ByteBuffer input = idleInput;
  private boolean borrowed;
  private int busyReads;
  private volatile boolean ended;
  private volatile @Nullable Duration timeout;

  ReadHalf(Lifecycle lifecycle, Unboxer unboxer) {
    this.lifecycle = lifecycle;
    this.unboxer = unboxer;
  }

  void timeout(@Nullable Duration timeout) {
    this.timeout = timeout;
  }

  /** Whether the peer's goodbye was received. */
  boolean hasEnded() {
    return ended;
  }

  /** Reads at least one byte, or -1 after the peer's goodbye. */
  int read(ByteBuffer dst) throws IOException {
    lock.lock();
    try {
      lifecycle.requireOpen(false);
      int before = dst.position();
      while (dst.hasRemaining() && needsInput(dst, before)) {
        lifecycle.requireOpen(true);
        fill();
      }
      int count = dst.position() - before;
      return count == 0 && ended && dst.hasRemaining() ? -1 : count;
    } catch (RuntimeException e) {
      lifecycle.breakDown(e);
      throw e;
    } finally {
      unlock();
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
      if (result == Unboxer.Result.GOODBYE) {
        ended = true;
      }
      return result == Unboxer.Result.NEED_INPUT && dst.position() == before;
    } catch (BoxStreamException e) {
      IOException first = lifecycle.fail(e);
      if (dst.position() > before) {
        return false;
      }
      throw first;
    }
  }

  /** Waits for input from the transport, within the read timeout. */
  private void fill() throws IOException {
    Duration limit = timeout;
    try (Deadline deadline = limit == null ? null : Deadline.arm(limit, lifecycle.transport())) {
      try {
        receive();
      } catch (IOException e) {
        boolean late = deadline != null && deadline.passed();
        throw lifecycle.fail(late ? timedOut(limit, e) : lifecycle.explain(e));
      }
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
      busyReads = count >= IDLE_BYTES ? busyReads + 1 : 0;
      return count;
    } finally {
      input = buffer.flip();
    }
  }

  /** The input is used up: chooses the buffer for more of it by how busy the peer is. */
  private ByteBuffer nextInput() {
    boolean busy = busyReads >= BUSY_READS;
    if (busy && borrowed) {
      return input.clear();
    }
    if (busy) {
      borrowed = true;
      return BatchBuffers.borrow();
    }
    if (borrowed) {
      borrowed = false;
      BatchBuffers.giveBack(input);
      input = NOTHING;
    }
    return idleInput.clear();
  }

  private static BoxStreamException timedOut(@Nullable Duration limit, IOException cause) {
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
    if (lock.tryLock(bound.remainingNanos(), TimeUnit.NANOSECONDS)) {
      try {
        drainLocked(maxBytes);
      } finally {
        unlock();
      }
    }
  }

  private void drainLocked(int maxBytes) throws IOException {
    ByteBuffer dropped = ByteBuffer.allocate(Unboxer.MAX_BODY_BYTES);
    int received = 0;
    while (!ended && !lifecycle.isWiping()) {
      Unboxer.Result result = unboxer.unbox(input, dropped.clear());
      if (result == Unboxer.Result.GOODBYE) {
        ended = true;
      } else if (result == Unboxer.Result.NEED_INPUT) {
        int count = received < maxBytes ? receive(nextInput()) : -1;
        if (count < 0) {
          return;
        }
        received += count;
      }
    }
  }

  /** Wipes the key, now or when the thread that reads leaves. */
  void wipeWhenIdle() {
    if (lock.tryLock()) {
      unlock();
    }
  }

  /** Leaves the lock, and wipes if that became due meanwhile; as in {@link WriteHalf}. */
  private void unlock() {
    lock.unlock();
    if (lifecycle.isWiping() && lock.tryLock()) {
      try {
        unboxer.close();
      } finally {
        lock.unlock();
      }
    }
  }
}
