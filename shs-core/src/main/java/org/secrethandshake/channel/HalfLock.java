package org.secrethandshake.channel;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of one direction of a channel. Once the channel wipes its secrets, the direction's are
 * wiped as soon as no thread holds the lock: by the one that asks for it, or by the one that
 * leaves.
 */
final class HalfLock {
  private final ReentrantLock lock = new ReentrantLock();
  private final Lifecycle lifecycle;
  private final Runnable wipe;

  HalfLock(Lifecycle lifecycle, Runnable wipe) {
    this.lifecycle = lifecycle;
    this.wipe = wipe;
  }

  void enter() {
    lock.lock();
  }

  /** Enters unless the deadline passes before the lock is free. */
  boolean enter(Deadline deadline) throws InterruptedException {
    return lock.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Leaves, and wipes if that became due meanwhile. Looking again after the release means that of
   * this thread and the one that asks for the wipe at least one finds the lock free.
   */
  void leave() {
    lock.unlock();
    if (lifecycle.isWiping()) {
      wipeWhenIdle();
    }
  }

  /** Wipes now, or leaves it to the thread that holds the lock. */
  void wipeWhenIdle() {
    if (!lock.isHeldByCurrentThread() && lock.tryLock()) {
      try {
        wipe.run();
      } finally {
        lock.unlock();
      }
    }
  }
}
