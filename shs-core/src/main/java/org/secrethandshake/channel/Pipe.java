package org.secrethandshake.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * One direction of an in-memory transport: a bounded ring of bytes. Its writer can end it, after
 * which what is in it can still be read; its reader can break it. Thread-safe.
 */
final class Pipe {
  private static final int CAPACITY = 1 << 16;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final byte[] ring = new byte[CAPACITY];
  private int head;
  private int count;
  private boolean ended;
  private boolean broken;

  /** Takes bytes, waiting for some; -1 once the pipe has ended and is empty. */
  int read(ByteBuffer dst) throws IOException {
    lock.lock();
    try {
      requireUnbroken();
      awaitUntil(() -> count > 0 || ended || broken);
      if (broken) {
        throw new AsynchronousCloseException();
      }
      if (count == 0) {
        return -1;
      }
      int length = Math.min(Math.min(dst.remaining(), count), CAPACITY - head);
      dst.put(ring, head, length);
      head = (head + length) % CAPACITY;
      count -= length;
      changed.signalAll();
      return length;
    } finally {
      lock.unlock();
    }
  }

  /** Puts bytes, waiting for room for at least one. */
  int write(ByteBuffer src) throws IOException {
    lock.lock();
    try {
      requireUnbroken();
      awaitUntil(() -> count < CAPACITY || ended || broken);
      if (ended) {
        throw new AsynchronousCloseException();
      }
      requireUnbroken();
      int tail = (head + count) % CAPACITY;
      int room = Math.min(CAPACITY - count, CAPACITY - tail);
      int length = Math.min(src.remaining(), room);
      src.get(ring, tail, length);
      count += length;
      changed.signalAll();
      return length;
    } finally {
      lock.unlock();
    }
  }

  /** The writer has closed: its reader takes what is left, and then sees the end. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The reader has closed: nothing can be read or written any more. */
  void breakOff() {
    lock.lock();
    try {
      broken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void requireUnbroken() throws IOException {
    if (broken) {
      throw new IOException("the other end of the in-memory transport is closed");
    }
  }

  /** An interrupted thread does not get through, whether or not it would have to wait. */
  private void awaitUntil(BooleanSupplier condition) throws ClosedByInterruptException {
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      while (!condition.getAsBoolean()) {
        changed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
  }
}
