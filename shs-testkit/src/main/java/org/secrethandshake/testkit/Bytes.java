package org.secrethandshake.testkit;

import java.util.HexFormat;

/** Makes the byte arrays of the contracts. */
final class Bytes {
  private Bytes() {}

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Returns bytes that differ from their neighbours and, by label, from other arrays. */
  static byte[] pattern(int label, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (31 * label + 7 * i + (i >> 8));
    }
    return bytes;
  }

  static byte[] withBitFlipped(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    return flipped;
  }
}
