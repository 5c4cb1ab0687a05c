package org.secrethandshake.channel;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** Waits until something is as a test wants it, and no longer; a test's own time limit ends it. */
final class Waiting {
  private Waiting() {}

  static void until(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("it did not happen in time");
      }
      Thread.onSpinWait();
    }
  }

  /** Whether a thread waits, for a lock or a time, somewhere below a method of this library. */
  static boolean isIn(Thread thread, Class<?> type, String method) {
    // The state comes last: a thread that has left the method meanwhile waits nowhere in it.
    return isBelow(thread, type, method) && waits(thread) && isBelow(thread, type, method);
  }

  /** Whether a thread is somewhere below a method of this library, waiting or not. */
  static boolean isBelow(Thread thread, Class<?> type, String method) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(
            at -> at.getMethodName().equals(method) && at.getClassName().equals(type.getName()));
  }

  private static boolean waits(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING, BLOCKED -> true;
      default -> false;
    };
  }
}
