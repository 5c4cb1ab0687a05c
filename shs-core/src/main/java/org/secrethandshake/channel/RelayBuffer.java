package org.secrethandshake.channel;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * What a direction of a relay holds: little while it waits, and what a channel sends at once while
 * bytes come faster than that. The larger buffer is borrowed, because to allocate one for each
 * burst costs as much as to move its bytes. Whoever holds a relay buffer closes it. Not
 * thread-safe.
 */
final class RelayBuffer implements AutoCloseable {
  private static final int IDLE_BYTES = 4 * 1024;

  /** What a channel writes to its transport at once. */
  private static final int BUSY_BYTES = 64 * 1024;

  private static final int KEPT = 32;

  private static final byte[] ZEROS = new byte[BUSY_BYTES];

  /** Native memory, from and to which a socket copies once. Wiped: it has held plaintext. */
  private static final ArrayBlockingQueue<ByteBuffer> FREE = new ArrayBlockingQueue<>(KEPT);

  private final boolean arrays;
  private final ByteBuffer idle = ByteBuffer.allocate(IDLE_BYTES).limit(0);
  private ByteBuffer current = idle;
  private int used;

  /**
   * Creates a buffer.
   *
   * @param arrays whether its users are streams, which know arrays only
   */
  RelayBuffer(boolean arrays) {
    this.arrays = arrays;
  }

  /** The empty buffer for the next read. */
  ByteBuffer toFill() {
    boolean isBusy = current.limit() >= IDLE_BYTES;
    if (!isBusy) {
      close();
    } else if (current.capacity() == IDLE_BYTES) {
      close();
      current = borrow();
    }
    return current.clear();
  }

  private ByteBuffer borrow() {
    if (arrays) {
      return ByteBuffer.allocate(BUSY_BYTES);
    }
    ByteBuffer free = FREE.poll();
    return free != null ? free : ByteBuffer.allocateDirect(BUSY_BYTES);
  }

  /** What the last read has delivered. */
  ByteBuffer toDrain() {
    used = Math.max(used, current.position());
    return current.flip();
  }

  /** Wipes what it held. */
  @Override
  public void close() {
    current.clear().put(0, ZEROS, 0, used);
    used = 0;
    if (current.isDirect()) {
      FREE.offer(current);
    }
    current = idle;
  }
}
