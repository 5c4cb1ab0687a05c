package org.secrethandshake.channel;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import org.secrethandshake.boxstream.Boxer;

/**
 * Large buffers that busy channels borrow, so that an idle channel holds small ones only. They hold
 * ciphertext and nothing else. Thread-safe.
 */
final class BatchBuffers {
  /** Packets in one transport write of a large plaintext. */
  private static final int BATCH_PACKETS = 16;

  private static final int KEPT = 16;

  private static final ArrayBlockingQueue<ByteBuffer> FREE = new ArrayBlockingQueue<>(KEPT);

  private BatchBuffers() {}

  static ByteBuffer borrow() {
    ByteBuffer free = FREE.poll();
    return free != null
        ? free.clear()
        : ByteBuffer.allocate(BATCH_PACKETS * Boxer.packetBytes(Boxer.MAX_BODY_BYTES));
  }

  /** Gives a buffer back; the caller keeps no reference to it. */
  static void giveBack(ByteBuffer buffer) {
    FREE.offer(buffer);
  }
}
