package org.secrethandshake.crypto.primitives;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a few working arrays for the next operation, so that what waits holds none. Thread-safe,
 * without locks.
 */
final class Spares<T> {
  private static final int SLOTS = 8;

  private final AtomicReferenceArray<@Nullable T> slots = new AtomicReferenceArray<>(SLOTS);

  /** Takes one, or {@code null} if there is none where this thread looks. */
  @Nullable T take() {
    return slots.getAndSet(slot(), null);
  }

  /** Keeps one; another that came back there meanwhile is dropped. */
  void giveBack(T spare) {
    slots.lazySet(slot(), spare);
  }

  // Threads have different places, so that they seldom meet.
  private static int slot() {
    return (int) (Thread.currentThread().getId() & (SLOTS - 1));
  }
}
