package org.secrethandshake.crypto.sodium;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/**
 * Native memory that values pass through on their way to libsodium and back.
 *
 * <p>Every value in it begins at an aligned address, wherever the caller's array holds it, and
 * nothing that another thread does to that array is seen by native code. Closing wipes all of it
 * and lends it to the next user; the garbage collector frees it, so that it is never freed under a
 * user.
 *
 * <p>Not thread-safe: whoever borrows one has it alone until it is closed, once.
 */
final class Scratch implements AutoCloseable {
  /** Every value begins at a multiple of this: a cache line, and more than any of them needs. */
  static final int ALIGNMENT = 64;

  private static final byte[] ZEROS = new byte[4096];

  private final ByteBuffer memory;
  private final long address;
  private int used;

  Scratch(int bytes) {
    memory = ByteBuffer.allocateDirect(bytes + ALIGNMENT - 1).alignedSlice(ALIGNMENT);
    address = Pointer.nativeValue(Native.getDirectBufferPointer(memory));
  }

  /**
   * Borrows memory for an operation.
   *
   * @param messageBytes room for a message, beside which there is room for the fixed-size values of
   *     any one operation
   */
  static Scratch borrow(int messageBytes) {
    return ScratchPool.take(messageBytes);
  }

  /** Takes room for a value and returns its address. */
  long room(int bytes) {
    int aligned = (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    if (aligned > memory.capacity() - used) {
      throw new IndexOutOfBoundsException("the scratch has no room for " + bytes + " bytes more");
    }
    long place = address + used;
    used += aligned;
    return place;
  }

  /** Takes room for a value, copies it in, and returns its address. */
  long copyOf(byte[] value) {
    long place = room(value.length);
    memory.put((int) (place - address), value);
    return place;
  }

  /** Copies a value out. */
  void read(long place, byte[] value) {
    memory.get((int) (place - address), value);
  }

  /** Copies part of an array in. */
  void write(long place, byte[] array, int offset, int length) {
    memory.put((int) (place - address), array, offset, length);
  }

  /** Copies out into part of an array. */
  void read(long place, byte[] array, int offset, int length) {
    memory.get((int) (place - address), array, offset, length);
  }

  /** Where it begins; the first value is there. */
  long address() {
    return address;
  }

  int bytes() {
    return memory.capacity();
  }

  /** Wipes the memory and gives it back. */
  @Override
  public void close() {
    wipe();
    ScratchPool.give(this);
  }

  private void wipe() {
    // Nothing is written outside the rooms that were taken.
    for (int at = 0; at < used; at += ZEROS.length) {
      memory.put(at, ZEROS, 0, Math.min(ZEROS.length, used - at));
    }
    used = 0;
  }
}
