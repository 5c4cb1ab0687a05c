package org.secrethandshake.crypto.sodium;

import java.util.Arrays;
import org.secrethandshake.spi.SecretBox;

/**
 * The native memory of one secretbox: its key, a nonce, and one box.
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
 *
 * <p>The memory is small until a longer message comes.
 */
final class BoxMemory {
  private static final int PADDING_BYTES = 2 * SecretBox.TAG_BYTES;

  private Scratch scratch;
  private int capacity;
  private long key;
  private long nonce;
  private long message;

  BoxMemory(byte[] keyBytes) {
    scratch = Scratch.borrow(0);
    layOut(keyBytes);
  }

  private void layOut(byte[] keyBytes) {
    key = scratch.copyOf(keyBytes);
    nonce = scratch.room(SecretBox.NONCE_BYTES);
    message = scratch.room(Scratch.ALIGNMENT) + Scratch.ALIGNMENT;
    capacity = scratch.remaining();
  }

  /** Places a nonce and makes room for a message. */
  void prepare(byte[] nonceBytes, int messageBytes) {
    if (messageBytes > capacity) {
      grow(messageBytes);
    }
    scratch.write(nonce, nonceBytes, 0, nonceBytes.length);
  }

  private void grow(int messageBytes) {
    Scratch smaller = scratch;
    Scratch larger = Scratch.borrow(messageBytes);
    byte[] keyBytes = new byte[SecretBox.KEY_BYTES];
    smaller.read(key, keyBytes);
    scratch = larger;
    layOut(keyBytes);
    Arrays.fill(keyBytes, (byte) 0);
    smaller.close();
  }

  void writeMessage(byte[] box, int offset, int length) {
    scratch.write(message, box, offset + SecretBox.TAG_BYTES, length);
  }

  void readMessage(byte[] box, int offset, int length) {
    scratch.read(message, box, offset + SecretBox.TAG_BYTES, length);
  }

  void writeBox(byte[] box, int offset, int length) {
    scratch.write(tag(), box, offset, SecretBox.TAG_BYTES + length);
  }

  void readBox(byte[] box, int offset, int length) {
    scratch.read(tag(), box, offset, SecretBox.TAG_BYTES + length);
  }

  int seal(int length) {
    scratch.zero(tag(), SecretBox.TAG_BYTES);
    long padded = padded();
    return Libsodium.crypto_secretbox(padded, padded, PADDING_BYTES + length, nonce, key);
  }

  int open(int length) {
    long padded = padded();
    return Libsodium.crypto_secretbox_open(padded, padded, PADDING_BYTES + length, nonce, key);
  }

  /** Wipes the memory and gives it back; called once. */
  void close() {
    scratch.close();
  }

  Scratch scratch() {
    return scratch;
  }

  private long tag() {
    return message - SecretBox.TAG_BYTES;
  }

  // Its first half is zero whenever libsodium is called: in fresh memory, and libsodium leaves it
  // so.
  private long padded() {
    return message - PADDING_BYTES;
  }
}
