package org.secrethandshake.cli;

import java.time.Duration;

/**
 * How long to wait before the next try: from a tenth of a second, doubling, to five seconds, until
 * a time is up. Not thread-safe.
 */
final class Backoff {
  private static final long FIRST_MILLIS = 100;
  private static final long MAX_MILLIS = 5_000;

  private final long end;
  private long next = FIRST_MILLIS;

  Backoff(Duration patience) {
    end = System.nanoTime() + patience.toNanos();
  }

  /**
   * Waits before the next try.
   *
   * @return false, at once, if there is no time for another
   */
  boolean await() throws InterruptedException {
    long millis = next;
    if (Duration.ofNanos(end - System.nanoTime()).toMillis() < millis) {
      return false;
    }
    next = Math.min(2 * next, MAX_MILLIS);
    Thread.sleep(millis);
    return true;
  }
}
