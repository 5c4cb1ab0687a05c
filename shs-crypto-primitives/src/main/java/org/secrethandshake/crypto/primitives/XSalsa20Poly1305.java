package org.secrethandshake.crypto.primitives;

import java.security.MessageDigest;
import java.util.Arrays;
import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.SecretBox;

/**
 * Secretbox in pure Java, working in place. Once compiled, a call allocates nothing.
 *
 * <p>Stream and authenticator are this project's own code; nothing of a library is called.
 *
 * <p>Its time depends on the length of the message, and on whether the first 16 bytes of the nonce
 * are those of the call before; never on the key or the message. Tags are compared by {@link
 * MessageDigest#isEqual}.
 *
 * <p>Not thread-safe, as {@link SecretBox} says. Closing wipes the key and all that was derived
 * from it.
 */
public final class XSalsa20Poly1305 implements SecretBox {
  private static final int POLY1305_KEY_WORDS = Poly1305.KEY_BYTES / Integer.BYTES;

  // The message begins in the first block, behind the Poly1305 key.
  private static final int FIRST_BYTES = Salsa20.BLOCK_BYTES - Poly1305.KEY_BYTES;

  private final XSalsa20 stream;
  private final Poly1305 poly1305 = new Poly1305();
  private final byte[] poly1305Key = new byte[Poly1305.KEY_BYTES];
  private final byte[] tag = new byte[TAG_BYTES];
  private final byte[] received = new byte[TAG_BYTES];
  private boolean closed;

  /**
   * Creates a secretbox.
   *
   * @param key {@link SecretBox#KEY_BYTES} bytes, copied
   * @throws IllegalArgumentException if the key has another length
   */
  public XSalsa20Poly1305(byte[] key) {
    Arguments.requireLength(key, KEY_BYTES, "key");
    stream = new XSalsa20(key);
  }

  @Override
  public void seal(byte[] nonce, byte[] box, int offset, int length) {
    requireOpen();
    Arguments.requireBox(nonce, box, offset, length);
    start(nonce);
    int message = offset + TAG_BYTES;
    crypt(box, message, length);
    poly1305.tag(poly1305Key, box, message, length, tag);
    System.arraycopy(tag, 0, box, offset, TAG_BYTES);
  }

  @Override
  public boolean open(byte[] nonce, byte[] box, int offset, int length) {
    requireOpen();
    Arguments.requireBox(nonce, box, offset, length);
    start(nonce);
    int message = offset + TAG_BYTES;
    poly1305.tag(poly1305Key, box, message, length, tag);
    System.arraycopy(box, offset, received, 0, TAG_BYTES);
    if (!MessageDigest.isEqual(tag, received)) {
      return false;
    }
    crypt(box, message, length);
    return true;
  }

  @Override
  public void close() {
    closed = true;
    stream.wipe();
    Arrays.fill(poly1305Key, (byte) 0);
    Arrays.fill(tag, (byte) 0);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this secretbox is closed and its key is wiped");
    }
  }

  // The first half of the first block is the key of the one-time authenticator.
  private void start(byte[] nonce) {
    stream.start(nonce);
    stream.nextBlock();
    stream.copy(poly1305Key);
  }

  private void crypt(byte[] box, int message, int length) {
    int first = Math.min(length, FIRST_BYTES);
    stream.xorBlock(POLY1305_KEY_WORDS, box, message, first);
    stream.xor(box, message + first, length - first);
  }
}
