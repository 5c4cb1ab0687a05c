package org.secrethandshake.crypto.sodium;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicInteger;
import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.SecretBox;

/**
 * Secretbox by libsodium, in native memory of its own. Once compiled, a call allocates nothing.
 *
 * <p>A box goes through that memory and back, because JNA copies an array whole, both ways, and
 * because it keeps native code away from an array that other threads may write to.
 *
 * <p>Used by two threads at once, it throws an {@link IllegalStateException} in one of them. A
 * close during another thread's call takes effect when that call ends. The key is wiped on close,
 * and also when a box that nobody closed is collected.
 */
final class SodiumSecretBox implements SecretBox {
  private static final Cleaner CLEANER = Cleaner.create();

  private static final int OPEN = 0;
  private static final int BUSY = 1;
  private static final int CLOSING = 2;
  private static final int CLOSED = 3;

  private final AtomicInteger state = new AtomicInteger(OPEN);
  private final BoxMemory memory;
  private final Cleaner.Cleanable cleanable;

  SodiumSecretBox(byte[] key) {
    memory = new BoxMemory(key);
    cleanable = CLEANER.register(this, memory::close);
  }

  @Override
  public void seal(byte[] nonce, byte[] box, int offset, int length) {
    requireOpen();
    Arguments.requireBox(nonce, box, offset, length);
    begin();
    try {
      memory.prepare(nonce, length);
      memory.writeMessage(box, offset, length);
      LoadedLibsodium.require(memory.seal(length), "seal a box");
      memory.readBox(box, offset, length);
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
      memory.prepare(nonce, length);
      memory.writeBox(box, offset, length);
      if (!LoadedLibsodium.accepted(memory.open(length), "open a box")) {
        return false;
      }
      memory.readMessage(box, offset, length);
      return true;
    } finally {
      end();
    }
  }

  @Override
  public void close() {
    // One step: between two, a call could end and leave the box open for good.
    int before = state.getAndUpdate(SodiumSecretBox::afterClose);
    if (before == OPEN) {
      cleanable.clean();
    }
  }

  private static int afterClose(int state) {
    return switch (state) {
      case OPEN -> CLOSED;
      case BUSY -> CLOSING;
      default -> state;
    };
  }

  /** For tests that look for what is left of the key. */
  BoxMemory memory() {
    return memory;
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
    try {
      if (!state.compareAndSet(BUSY, OPEN)) {
        state.set(CLOSED);
        cleanable.clean();
      }
    } finally {
      // Else this object could be collected, and its memory wiped, during its own last call.
      Reference.reachabilityFence(this);
    }
  }
}
