package org.secrethandshake.crypto.sodium;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Keeps some wiped scratches for the next operation.
 *
 * <p>It belongs to no thread, so its size does not grow with the number of threads, virtual or not.
 * A thread that finds nothing makes a new scratch; one that finds no place leaves its own to the
 * garbage collector. Thread-safe, without locks.
 */
final class ScratchPool {
  /** Room for the fixed-size values of one operation: five at most, of 64 bytes at most. */
  private static final int FIXED_BYTES = 6 * Scratch.ALIGNMENT;

  /** The longest messages of a handshake, and of a box stream. */
  private static final ScratchPool SMALL = new ScratchPool(FIXED_BYTES + 256);

  private static final ScratchPool PACKET = new ScratchPool(FIXED_BYTES + 4096);

  /** The longest body that a box stream may be told to take. */
  private static final ScratchPool LONG_PACKET = new ScratchPool(FIXED_BYTES + (1 << 16));

  private static final int SLOTS = 16;
  private static final int ATTEMPTS = 4;

  private final int bytes;
  private final AtomicReferenceArray<Scratch> slots = new AtomicReferenceArray<>(SLOTS);

  private ScratchPool(int bytes) {
    this.bytes = bytes;
  }

  static Scratch take(int messageBytes) {
    if (messageBytes <= SMALL.bytes - FIXED_BYTES) {
      return SMALL.take();
    }
    if (messageBytes <= PACKET.bytes - FIXED_BYTES) {
      return PACKET.take();
    }
    return messageBytes <= LONG_PACKET.bytes - FIXED_BYTES
        ? LONG_PACKET.take()
        : large(messageBytes);
  }

  /** Keeps a wiped scratch if there is a place for one of its size. */
  static void give(Scratch scratch) {
    if (scratch.bytes() == SMALL.bytes) {
      SMALL.keep(scratch);
    } else if (scratch.bytes() == PACKET.bytes) {
      PACKET.keep(scratch);
    } else if (scratch.bytes() == LONG_PACKET.bytes) {
      LONG_PACKET.keep(scratch);
    }
  }

  // Nothing of this length comes from the protocol.
  private static Scratch large(int messageBytes) {
    long bytes = FIXED_BYTES + (long) messageBytes + Scratch.ALIGNMENT;
    if (bytes > Integer.MAX_VALUE - Scratch.ALIGNMENT) {
      throw new OutOfMemoryError("a message of " + messageBytes + " bytes exceeds native memory");
    }
    return allocate((int) bytes & -Scratch.ALIGNMENT);
  }

  private Scratch take() {
    int first = firstSlot();
    for (int i = 0; i < ATTEMPTS; i++) {
      Scratch scratch = slots.getAndSet((first + i) % SLOTS, null);
      if (scratch != null) {
        return scratch;
      }
    }
    return allocate(bytes);
  }

  // Boxes that nobody closed take two collections, one until they are wiped and one until they are
  // freed. The JDK asks for one before it gives up; the second attempt asks for the next.
  private static Scratch allocate(int bytes) {
    try {
      return new Scratch(bytes);
    } catch (OutOfMemoryError dropped) {
      return new Scratch(bytes);
    }
  }

  private void keep(Scratch scratch) {
    int first = firstSlot();
    for (int i = 0; i < ATTEMPTS; i++) {
      if (slots.compareAndSet((first + i) % SLOTS, null, scratch)) {
        return;
      }
    }
  }

  // Threads begin at different slots, so that they seldom meet.
  private static int firstSlot() {
    return (int) (Thread.currentThread().getId() % SLOTS);
  }
}
