package org.secrethandshake.handshake;

import java.util.Arrays;

/** Concatenation, written {@code |} in the protocol guide, and wiping. */
final class Bytes {
  private Bytes() {}

  static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] whole = new byte[length];
    int offset = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, offset, part.length);
      offset += part.length;
    }
    return whole;
  }

  static void wipe(byte[]... secrets) {
    for (byte[] secret : secrets) {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** Tells whether all bytes are zero, in constant time. */
  static boolean isZero(byte[] value) {
    int bits = 0;
    for (byte b : value) {
      bits |= b;
    }
    return bits == 0;
  }
}
