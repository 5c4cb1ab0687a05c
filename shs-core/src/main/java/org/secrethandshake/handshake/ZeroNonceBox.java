package org.secrethandshake.handshake;

import java.util.Arrays;
import java.util.Optional;
import org.secrethandshake.spi.SecretBox;

/**
 * The boxes of clientAuthenticate and serverAccept: sealed with a nonce of zeros, which is safe
 * because each key seals one message.
 */
final class ZeroNonceBox {
  private ZeroNonceBox() {}

  /** Seals a message with a box that is used up. */
  static byte[] seal(SecretBox box, byte[] message) {
    byte[] sealed = new byte[SecretBox.TAG_BYTES + message.length];
    System.arraycopy(message, 0, sealed, SecretBox.TAG_BYTES, message.length);
    boolean done = false;
    try (box) {
      box.seal(new byte[SecretBox.NONCE_BYTES], sealed, 0, message.length);
      done = true;
      return sealed;
    } finally {
      if (!done) {
        Bytes.wipe(sealed);
      }
    }
  }

  /** Opens a message with a box that is used up; empty if it is not authentic. */
  static Optional<byte[]> open(SecretBox box, byte[] sealed) {
    int length = sealed.length - SecretBox.TAG_BYTES;
    byte[] message = sealed.clone();
    try (box) {
      return box.open(new byte[SecretBox.NONCE_BYTES], message, 0, length)
          ? Optional.of(Arrays.copyOfRange(message, SecretBox.TAG_BYTES, message.length))
          : Optional.empty();
    } finally {
      Bytes.wipe(message);
    }
  }
}
