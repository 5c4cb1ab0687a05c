package org.secrethandshake.channel;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * When a server closes on a client whose clientAuthenticate it does not accept: a whole number of
 * steps after that message came, whatever is wrong with it.
 *
 * <p>A message for another server's key fails at its box. One for our key takes a verification and
 * the authorizer more. Without this wait a client that may not come in could tell by the time
 * whether its guess of our key was right.
 */
final class RefusalTime {
  /** Longer than all that is done for a message, with an authorizer that looks into its memory. */
  static final Duration STEP = Duration.ofMillis(250);

  private static final long STEP_NANOS = STEP.toNanos();

  private long came = System.nanoTime();

  /** A message, or a part of it, has come. */
  void messageCame() {
    came = System.nanoTime();
  }

  /** How long the current step lasts from now on. */
  long restNanos() {
    return STEP_NANOS - (System.nanoTime() - came) % STEP_NANOS;
  }

  /** Waits for the end of the current step, but not longer than told, nor once interrupted. */
  void await(long mostNanos) {
    long now = System.nanoTime();
    long end = now + Math.min(restNanos(), mostNanos);
    while (end - now > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, end - now);
      now = System.nanoTime();
    }
  }
}
