package org.secrethandshake.crypto.primitives;

import java.util.Arrays;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.SecretBox;

/**
 * Secretbox in pure Java, working in place. Once compiled, a call allocates nothing.
 *
 * <p>Not thread-safe, as {@link SecretBox} says. Closing wipes the key and all that was derived
 * from it.
 */
public final class XSalsa20Poly1305 implements SecretBox {
  private static final int POLY1305_KEY_BYTES = 32;
  private static final int POLY1305_KEY_WORDS = POLY1305_KEY_BYTES / Integer.BYTES;

  // The message begins in the first block, behind the Poly1305 key.
  private static final int FIRST_BYTES = XSalsa20.BLOCK_BYTES - POLY1305_KEY_BYTES;

  private final XSalsa20 stream;
  private final Poly1305 poly1305 = new Poly1305();
  private final KeyParameter poly1305Key = new KeyParameter(new byte[POLY1305_KEY_BYTES]);
  private final byte[] tag = new byte[TAG_BYTES];
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
    authenticate(box, message, length);
    System.arraycopy(tag, 0, box, offset, TAG_BYTES);
  }

  @Override
  public boolean open(byte[] nonce, byte[] box, int offset, int length) {
    requireOpen();
    Arguments.requireBox(nonce, box, offset, length);
    start(nonce);
    int message = offset + TAG_BYTES;
    authenticate(box, message, length);
    if (!tagIsAt(offset, box)) {
      return false;
    }
    crypt(box, message, length);
    return true;
  }

  @Override
  public void close() {
    closed = true;
    stream.wipe();
    Arrays.fill(poly1305Key.getKey(), (byte) 0);
    poly1305.init(poly1305Key);
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
    // getKey() returns the parameter's own array, so one parameter serves every message.
    stream.copy(0, poly1305Key.getKey());
    poly1305.init(poly1305Key);
  }

  private void authenticate(byte[] box, int message, int length) {
    poly1305.update(box, message, length);
    poly1305.doFinal(tag, 0);
  }

  private void crypt(byte[] box, int message, int length) {
    int end = message + length;
    int at = message + Math.min(length, FIRST_BYTES);
    stream.xor(POLY1305_KEY_WORDS, box, message, at - message);
    while (at < end) {
      int bytes = Math.min(end - at, XSalsa20.BLOCK_BYTES);
      stream.nextBlock();
      stream.xor(0, box, at, bytes);
      at += bytes;
    }
  }

  private boolean tagIsAt(int offset, byte[] box) {
    int difference = 0;
    for (int i = 0; i < TAG_BYTES; i++) {
      difference |= tag[i] ^ box[offset + i];
    }
    return difference == 0;
  }
}
