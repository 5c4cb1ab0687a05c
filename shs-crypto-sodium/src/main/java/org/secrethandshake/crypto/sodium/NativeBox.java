package org.secrethandshake.crypto.sodium;

import org.secrethandshake.spi.SecretBox;

/**
 * Seals and opens one box by libsodium, in borrowed native memory that is wiped afterwards.
 *
 * <p>The message begins at an aligned address, behind the padding of the NaCl paper's secretbox:
 *
 * <pre>
 *   0       16    32
 *   | zeros | tag | message ...
 * </pre>
 *
 * <p>libsodium encrypts padding and message as one stream. Its other form keeps them apart, and its
 * vector code, which works on whole blocks, is then slower on a message of 4096 bytes. As the tag
 * stands right before the message, a box is copied in one piece.
 */
final class NativeBox {
  private static final int PADDING_BYTES = 2 * SecretBox.TAG_BYTES;

  private NativeBox() {}

  static void seal(byte[] key, byte[] nonce, byte[] box, int offset, int length) {
    try (Scratch scratch = Scratch.borrow(length)) {
      long keyAt = scratch.copyOf(key);
      long nonceAt = scratch.copyOf(nonce);
      long message = roomForMessage(scratch, length);
      // Borrowed memory is wiped, so the padding is zero.
      long padded = message - PADDING_BYTES;
      scratch.write(message, box, offset + SecretBox.TAG_BYTES, length);
      LoadedLibsodium.require(
          Libsodium.crypto_secretbox(padded, padded, PADDING_BYTES + length, nonceAt, keyAt),
          "seal a box");
      scratch.read(message - SecretBox.TAG_BYTES, box, offset, SecretBox.TAG_BYTES + length);
    }
  }

  static boolean open(byte[] key, byte[] nonce, byte[] box, int offset, int length) {
    try (Scratch scratch = Scratch.borrow(length)) {
      long keyAt = scratch.copyOf(key);
      long nonceAt = scratch.copyOf(nonce);
      long message = roomForMessage(scratch, length);
      long padded = message - PADDING_BYTES;
      scratch.write(message - SecretBox.TAG_BYTES, box, offset, SecretBox.TAG_BYTES + length);
      if (!LoadedLibsodium.accepted(
          Libsodium.crypto_secretbox_open(padded, padded, PADDING_BYTES + length, nonceAt, keyAt),
          "open a box")) {
        return false;
      }
      scratch.read(message, box, offset + SecretBox.TAG_BYTES, length);
      return true;
    }
  }

  private static long roomForMessage(Scratch scratch, int length) {
    return scratch.room(Scratch.ALIGNMENT + length) + Scratch.ALIGNMENT;
  }
}
