package org.secrethandshake.fuzz;

import org.secrethandshake.spi.CryptoProvider;

/**
 * What an adversary does to a value that the honest would fill in.
 *
 * @param replaces whether the bytes take the honest value's place, or are the difference to it
 */
record Damage(boolean replaces, byte[] bytes) {
  byte[] to(byte[] honest) {
    byte[] damaged = bytes.clone();
    for (int i = 0; i < damaged.length && !replaces; i++) {
      damaged[i] ^= honest[i];
    }
    return damaged;
  }

  /** The input that means no damage to a value of so many bytes. */
  static byte[] none(int length) {
    return new byte[1 + length];
  }

  /** The input that means these bytes instead of the honest ones. */
  static byte[] instead(byte[] bytes) {
    return Input.concat(new byte[] {1}, bytes);
  }

  /** The input that means one turned bit of a value of so many bytes. */
  static byte[] bit(int bit, int length) {
    byte[] input = none(length);
    input[1 + bit / Byte.SIZE] = (byte) (1 << bit % Byte.SIZE);
    return input;
  }

  /** No damage to a key or a point. */
  static byte[] none() {
    return none(CryptoProvider.POINT_BYTES);
  }
}
