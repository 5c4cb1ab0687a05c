package org.secrethandshake.crypto.sodium;

import java.util.Arrays;
import org.secrethandshake.spi.SecretBox;

/**
 * The native memory of one secretbox: its key, a nonce, and one box.
 *
 * <p>The message begins at an aligned address and its tag stands right before it, so a box is
 * copied in one piece. The memory is small until a longer message comes.
 */
final class BoxMemory {
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
    return Libsodium.crypto_secretbox_detached(message, tag(), message, length, nonce, key);
  }

  int open(int length) {
    return Libsodium.crypto_secretbox_open_detached(message, message, tag(), length, nonce, key);
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
}
