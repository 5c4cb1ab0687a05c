package org.secrethandshake.fuzz;

import java.util.Arrays;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.spi.SecretBox;

/** The keys of a direction of which everything is known, also to the adversary. */
enum KeyedStream {
  OURS(0x07),
  OTHER(0x08);

  private final byte[] key = new byte[SecretBox.KEY_BYTES];

  /** All ones, so that the first packet's nonces carry over every byte. */
  private final byte[] nonce = new byte[SecretBox.NONCE_BYTES];

  KeyedStream(int value) {
    Arrays.fill(key, (byte) value);
    Arrays.fill(nonce, (byte) 0xff);
  }

  Boxer boxer() {
    return new Boxer(Backends.fastest(), key, nonce);
  }

  Unboxer unboxer() {
    return unboxer(Unboxer.MAX_BODY_BYTES);
  }

  Unboxer unboxer(int maxBodyBytes) {
    return new Unboxer(Backends.fastest(), key, nonce, maxBodyBytes);
  }

  byte[] key() {
    return key.clone();
  }

  /** The nonce of a box, counted from 0. */
  byte[] nonce(int number) {
    byte[] counted = nonce.clone();
    for (int i = 0; i < number; i++) {
      int digit = counted.length - 1;
      while (++counted[digit] == 0 && digit > 0) {
        digit--;
      }
    }
    return counted;
  }
}
