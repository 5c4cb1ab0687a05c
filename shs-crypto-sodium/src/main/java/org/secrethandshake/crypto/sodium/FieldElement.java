package org.secrethandshake.crypto.sodium;

/** The encoding of the {@code y} coordinate in an Ed25519 key. */
final class FieldElement {
  private static final int LAST = 31;

  private FieldElement() {}

  /**
   * Tells whether {@code y < p}, and {@code y} is neither {@code 1} nor {@code -1}, the two for
   * which {@code x} is zero: the identity and the point of order 2, whose sign has no meaning.
   */
  static boolean isCanonicalWithX(byte[] encoding) {
    int top = encoding[LAST] & 0x7f;
    int lowest = encoding[0] & 0xff;
    if (top == 0x7f && allBetween(encoding, (byte) 0xff)) {
      return lowest < 0xec; // p = 2^255 - 19 ends in ed, p - 1 in ec
    }
    return !(top == 0 && allBetween(encoding, (byte) 0) && lowest == 1);
  }

  private static boolean allBetween(byte[] encoding, byte value) {
    for (int i = 1; i < LAST; i++) {
      if (encoding[i] != value) {
        return false;
      }
    }
    return true;
  }
}
