package org.secrethandshake.channel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * One direction's share of the processor. A virtual thread runs until it waits, and one whose
 * transport never makes it wait would never let another have its turn: a few channels at full rate
 * would keep a server from shaking hands with anybody else. So after each share it steps back.
 *
 * <p>Of other threads the system takes care. Not thread-safe.
 */
final class FairShare {
  /** What takes a part of a millisecond, beside which a turn costs nothing. */
  static final int SHARE_BYTES = 256 * 1024;

  /** Came after the Java version that this library is compiled for. */
  private static final @Nullable MethodHandle IS_VIRTUAL = isVirtual();

  private int moved;

  /** Counts bytes that the transport has moved, and steps back when they make a share. */
  @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on it but how long others wait.
  void moved(int bytes) {
    moved += bytes;
    if (moved >= SHARE_BYTES) {
      moved = 0;
      if (isVirtual(Thread.currentThread())) {
        Thread.yield();
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
