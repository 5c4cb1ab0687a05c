package org.secrethandshake.crypto.sodium;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.secrethandshake.crypto.primitives.XSalsa20Poly1305;
import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.SecretBox;

/**
 * Secretbox by libsodium where the message is long, and in Java where it is short, because a native
 * call costs more than a short box. Once compiled, a call allocates nothing.
 *
 * <p>It holds no native memory. A long box goes through borrowed memory and back, because JNA
 * copies an array whole, both ways, and because it keeps native code away from an array that other
 * threads may write to.
 *
 * <p>Used by two threads at once, it throws an {@link IllegalStateException} in one of them. A
 * close during another thread's call takes effect when that call ends. The key is wiped on close.
 */
final class SodiumSecretBox implements SecretBox {
  /**
   * Up to this length Java is faster: above it, libsodium's vector code computes eight blocks at
   * once, and makes up for the call.
   */
  static final int MOST_JAVA_BYTES = 448;

  /** Leaves every message to libsodium. */
  static final int NONE_IN_JAVA = -1;

  private static final int OPEN = 0;
  private static final int BUSY = 1;
  private static final int CLOSING = 2;
  private static final int CLOSED = 3;

  private final int mostJavaBytes;
  private final AtomicInteger state = new AtomicInteger(OPEN);
  private final byte[] key;
  private final SecretBox shortBoxes;

  /**
   * Creates a box.
   *
   * @param mostJavaBytes the longest message that is sealed and opened in Java
   */
  SodiumSecretBox(byte[] key, int mostJavaBytes) {
    this.mostJavaBytes = mostJavaBytes;
    this.key = key.clone();
    shortBoxes = new XSalsa20Poly1305(key);
  }

  @Override
  public void seal(byte[] nonce, byte[] box, int offset, int length) {
    requireOpen();
    Arguments.requireBox(nonce, box, offset, length);
    begin();
    try {
      if (length <= mostJavaBytes) {
        shortBoxes.seal(nonce, box, offset, length);
      } else {
        NativeBox.seal(key, nonce, box, offset, length);
      }
    } finally {
      end();
    }
  }

  @Override
  public boolean open(byte[] nonce, byte[] box, int offset, int length) {
    requireOpen();
    Arguments.requireBox(nonce, box, offset, length);
    begin();
    try {
      return length <= mostJavaBytes
          ? shortBoxes.open(nonce, box, offset, length)
          : NativeBox.open(key, nonce, box, offset, length);
    } finally {
      end();
    }
  }

  @Override
  public void close() {
    // One step: between two, a call could end and leave the box open for good.
    int before = state.getAndUpdate(SodiumSecretBox::afterClose);
    if (before == OPEN) {
      wipe();
    }
  }

  private static int afterClose(int state) {
    return switch (state) {
      case OPEN -> CLOSED;
      case BUSY -> CLOSING;
      default -> state;
    };
  }

  private void requireOpen() {
    if (state.get() >= CLOSING) {
      throw new IllegalStateException("this secretbox is closed and its key is wiped");
    }
  }

  private void begin() {
    if (!state.compareAndSet(OPEN, BUSY)) {
      requireOpen();
      throw new IllegalStateException(
          "this secretbox is in use by another thread: it serves one thread at a time");
    }
  }

  private void end() {
    if (!state.compareAndSet(BUSY, OPEN)) {
      state.set(CLOSED);
      wipe();
    }
  }

  private void wipe() {
    Arrays.fill(key, (byte) 0);
    shortBoxes.close();
  }
}
