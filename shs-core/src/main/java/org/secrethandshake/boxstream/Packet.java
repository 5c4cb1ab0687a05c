package org.secrethandshake.boxstream;

import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.SecretBox;

/**
 * The layout of a packet (protocol guide, "Box stream").
 *
 * <pre>
 *   0          16       18              34
 *   | header tag | length | body tag      | body's ciphertext ...
 *   |            |&lt;- header plaintext -&gt;|
 *   |                     |&lt;-------- the body's box --------
 * </pre>
 *
 * <p>The body's own tag travels inside the header, so sealing the body in place and then the header
 * in place builds a packet without any temporary.
 */
final class Packet {
  /** The body's length, big-endian. */
  static final int LENGTH_BYTES = 2;

  /** Where the header's plaintext stands: length, then the body's tag. */
  static final int LENGTH_OFFSET = SecretBox.TAG_BYTES;

  /** What the header's box holds. */
  static final int HEADER_PLAINTEXT_BYTES = LENGTH_BYTES + SecretBox.TAG_BYTES;

  /** A header as it travels; a goodbye is one. */
  static final int HEADER_BYTES = SecretBox.TAG_BYTES + HEADER_PLAINTEXT_BYTES;

  /** Where the body's box begins. */
  static final int BODY_BOX_OFFSET = LENGTH_OFFSET + LENGTH_BYTES;

  /** Where the body itself begins. */
  static final int BODY_OFFSET = HEADER_BYTES;

  /** The longest body that is sent. */
  static final int MAX_BODY_BYTES = 4096;

  /** The longest body that a length field can announce. */
  static final int MAX_ANNOUNCED_BYTES = 0xffff;

  /** Nonces that a packet uses: one for its header, the next one for its body. */
  static final int NONCES = 2;

  private Packet() {}

  /** The box of one direction. */
  static SecretBox secretBox(CryptoProvider crypto, byte[] key) {
    Arguments.requireLength(key, SecretBox.KEY_BYTES, "key");
    try {
      return crypto.secretBox(key);
    } catch (RuntimeException e) {
      throw CryptoProviderException.broken(crypto, "beginning a box stream", e);
    }
  }

  static void putLength(byte[] packet, int offset, int length) {
    packet[offset + LENGTH_OFFSET] = (byte) (length >>> Byte.SIZE);
    packet[offset + LENGTH_OFFSET + 1] = (byte) length;
  }

  static int length(byte[] packet) {
    return (packet[LENGTH_OFFSET] & 0xff) << Byte.SIZE | (packet[LENGTH_OFFSET + 1] & 0xff);
  }

  /** Tells whether an opened header is a goodbye: all of its plaintext is zero. */
  static boolean isGoodbye(byte[] packet) {
    int bits = 0;
    for (int i = LENGTH_OFFSET; i < HEADER_BYTES; i++) {
      bits |= packet[i];
    }
    return bits == 0;
  }
}
