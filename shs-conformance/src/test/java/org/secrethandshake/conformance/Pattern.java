package org.secrethandshake.conformance;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The plaintext that the reference's vectors and live peers use. */
public final class Pattern {
  /** Sizes on both sides of a packet's 4096 bytes, as the reference's peers write. */
  private static final int[] ODD_WRITES = {1, 4095, 4097, 4096, 17, 8191, 3, 65537, 1000};

  private Pattern() {}

  /** The first bytes of the pattern: byte i is {@code 7 i + 11 floor(i / 256) + 13 mod 256}. */
  public static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (7 * i + 11 * (i / 256) + 13);
    }
    return bytes;
  }

  /** The lengths of writes of odd sizes that make up a total. */
  static List<Integer> oddWrites(int total) {
    List<Integer> lengths = new ArrayList<>();
    for (int left = total; left > 0; ) {
      int length = Math.min(left, ODD_WRITES[lengths.size() % ODD_WRITES.length]);
      lengths.add(length);
      left -= length;
    }
    return lengths;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
