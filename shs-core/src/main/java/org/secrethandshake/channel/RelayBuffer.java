package org.secrethandshake.channel;

import java.nio.ByteBuffer;

/**
 * What a direction of a relay holds: little while it waits, and what a channel sends at once while
 * bytes come faster than that. Not thread-safe.
 */
final class RelayBuffer {
  private static final int IDLE_BYTES = 4 * 1024;

  /** What a channel writes to its transport at once. */
  private static final int BUSY_BYTES = 64 * 1024;

  private final ByteBuffer idle = ByteBuffer.allocate(IDLE_BYTES).limit(0);
  private ByteBuffer current = idle;

  /** The empty buffer for the next read. */
  ByteBuffer toFill() {
    boolean isBusy = current.limit() >= IDLE_BYTES;
    if (!isBusy) {
      current = idle;
    } else if (current.capacity() == IDLE_BYTES) {
      current = ByteBuffer.allocate(BUSY_BYTES);
    }
    return current.clear();
  }

  /** What the last read has delivered. */
  ByteBuffer toDrain() {
    return current.flip();
  }
}
