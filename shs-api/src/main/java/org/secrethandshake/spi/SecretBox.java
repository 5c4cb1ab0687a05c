package org.secrethandshake.spi;

/**
 * NaCl secretbox (XSalsa20-Poly1305) under one key, working in place.
 *
 * <p>A box is {@code tag | ciphertext}. For a message of {@code length} bytes it takes {@code
 * TAG_BYTES + length} bytes from {@code offset} on. A nonce must never seal two different messages
 * under one key; that is the caller's duty.
 *
 * <p>Not thread-safe: one thread at a time. Two boxes may work on disjoint ranges of one array at
 * the same time. Whoever creates a box closes it.
 */
public interface SecretBox extends AutoCloseable {
  /** Length of a key. */
  int KEY_BYTES = 32;

  /** Length of a nonce. */
  int NONCE_BYTES = 24;

  /** Length of the Poly1305 tag that stands before the ciphertext. */
  int TAG_BYTES = 16;

  /**
   * Seals in place: the {@code length} bytes of plaintext at {@code offset + TAG_BYTES} become
   * {@code tag | ciphertext} at {@code offset}.
   *
   * @param nonce {@value #NONCE_BYTES} bytes
   * @param box the array that holds the plaintext and receives the box; nothing outside the box's
   *     range is read or written
   * @param offset where the box begins
   * @param length the length of the plaintext, 0 or more
   * @throws IllegalArgumentException if the nonce has a wrong length
   * @throws IndexOutOfBoundsException if the box does not lie within the array
   * @throws IllegalStateException if this box is closed
   */
  void seal(byte[] nonce, byte[] box, int offset, int length);

  /**
   * Opens in place: {@code tag | ciphertext} at {@code offset} becomes plaintext at {@code offset +
   * TAG_BYTES}. The tag is compared, in constant time, before anything is written.
   *
   * @param nonce {@value #NONCE_BYTES} bytes
   * @param box the array that holds the box; nothing outside the box's range is read or written
   * @param offset where the box begins
   * @param length the length of the plaintext, 0 or more
   * @return {@code false} if the tag is wrong, which leaves the array as it was
   * @throws IllegalArgumentException if the nonce has a wrong length
   * @throws IndexOutOfBoundsException if the box does not lie within the array
   * @throws IllegalStateException if this box is closed
   */
  boolean open(byte[] nonce, byte[] box, int offset, int length);

  /**
   * Wipes the key. Any later use is an {@link IllegalStateException}; closing again does nothing.
   */
  @Override
  void close();
}
