package org.secrethandshake.boxstream;

import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.SecretBox;

/** The nonce of one direction: 24 bytes that count up big-endian, with carry. */
final class Nonce {
  private final byte[] value;

  Nonce(byte[] first) {
    Arguments.requireLength(first, SecretBox.NONCE_BYTES, "nonce");
    value = first.clone();
  }

  /** The current value, not a copy. */
  byte[] value() {
    return value;
  }

  void advance(int steps) {
    int carry = steps;
    for (int i = value.length - 1; i >= 0 && carry != 0; i--) {
      int sum = (value[i] & 0xff) + carry;
      value[i] = (byte) sum;
      carry = sum >>> Byte.SIZE;
    }
  }
}
