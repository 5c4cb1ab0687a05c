package org.secrethandshake.channel;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import org.secrethandshake.boxstream.Boxer;

/**
 * Buffers that channels borrow while bytes move, so that an idle channel holds next to nothing.
 * They hold ciphertext and nothing else. Thread-safe.
 */
final class BufferPool {
  /** Packets in one transport write of a large plaintext. */
  private static final int BATCH_PACKETS = 16;

  private static final int PACKET_BYTES = Boxer.packetBytes(Boxer.MAX_BODY_BYTES);

  /**
   * Room for one packet, and a goodbye behind it: a peer that sends single packets never fills it.
   */
  static final BufferPool PACKETS = new BufferPool(PACKET_BYTES + Boxer.GOODBYE_BYTES, 256);

  /** Room for many packets. */
  static final BufferPool BATCHES = new BufferPool(BATCH_PACKETS * PACKET_BYTES, 16);

  private final int bytes;
  private final ArrayBlockingQueue<ByteBuffer> free;

  private BufferPool(int bytes, int kept) {
    this.bytes = bytes;
    this.free = new ArrayBlockingQueue<>(kept);
  }

  ByteBuffer borrow() {
    ByteBuffer buffer = free.poll();
    return buffer != null ? buffer.clear() : ByteBuffer.allocate(bytes);
  }

  /** Takes a buffer back; the caller keeps no reference to it. */
  void giveBack(ByteBuffer buffer) {
    free.offer(buffer);
  }
}
