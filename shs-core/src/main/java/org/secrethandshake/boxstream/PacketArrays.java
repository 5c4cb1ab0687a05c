package org.secrethandshake.boxstream;

import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Arrays for packets in progress, which unboxers borrow while they hold one. They have held
 * plaintext, so they come back wiped. Thread-safe.
 */
final class PacketArrays {
  /** Every array's length: room for the longest packet of the protocol guide. */
  static final int BYTES = Packet.HEADER_BYTES + Packet.MAX_BODY_BYTES;

  private static final int KEPT = 256;

  private static final ArrayBlockingQueue<byte[]> FREE = new ArrayBlockingQueue<>(KEPT);

  private PacketArrays() {}

  static byte[] borrow() {
    byte[] free = FREE.poll();
    return free != null ? free : new byte[BYTES];
  }

  /**
   * Wipes an array and takes it back; the caller keeps no reference to it. One of another length is
   * only wiped.
   *
   * @param used how much of it was used, from its beginning
   */
  static void giveBack(byte[] array, int used) {
    Arrays.fill(array, 0, used, (byte) 0);
    if (array.length == BYTES) {
      FREE.offer(array);
    }
  }
}
