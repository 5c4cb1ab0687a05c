package org.secrethandshake.channel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One direction's share of the processor. A virtual thread runs until it waits, and one whose
 * transport never makes it wait would never let another have its turn: a few channels at full rate
 * would keep a server from shaking hands with anybody else. So after each share it waits a moment.
 *
 * <p>A mere {@code Thread.yield()} does not do: with others that yield it takes turns for ever,
 * while threads that a socket or a timer has woken stand in another queue.
 *
 * <p>Of other threads the system takes care. Not thread-safe.
 */
final class FairShare {
  /** What takes some milliseconds, beside which a moment costs little. */
  static final int SHARE_BYTES = 4 * 1024 * 1024;

  /** Came after the Java version that this library is compiled for. */
  private static final @Nullable MethodHandle IS_VIRTUAL = isVirtual();

  private int moved;

  /** Counts bytes that the transport has moved, and waits a moment when they make a share. */
  void moved(int bytes) {
    moved += bytes;
    if (moved >= SHARE_BYTES) {
      moved = 0;
      if (isVirtual(Thread.currentThread())) {
        LockSupport.parkNanos(1);
      }
    }
  }

  private static boolean isVirtual(Thread thread) {
    try {
      return IS_VIRTUAL != null && (boolean) IS_VIRTUAL.invokeExact(thread);
    } catch (Throwable e) {
      throw new AssertionError("Thread.isVirtual does not throw", e);
    }
  }

  private static @Nullable MethodHandle isVirtual() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
