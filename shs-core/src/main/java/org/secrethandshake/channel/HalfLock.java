package org.secrethandshake.channel;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.InterruptibleChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of one direction of a channel. Once the channel is over, the direction's secrets are
 * wiped as soon as no thread holds the lock: by the one that ends the channel, or by the one that
 * leaves.
 */
final class HalfLock {
  private final ReentrantLock lock = new ReentrantLock();
  private final ChannelState state;
  private final Runnable wipe;

  HalfLock(ChannelState state, Runnable wipe) {
    this.state = state;
    this.wipe = wipe;
  }

  /**
   * Enters, after those who came before.
   *
   * @throws ClosedByInterruptException if the thread is interrupted, which ends the channel like an
   *     interrupt in the middle of the transport's own work; over a transport to which interrupts
   *     mean nothing, they mean nothing here
   */
  void enter() throws IOException {
    try {
      if (state.transport() instanceof InterruptibleChannel) {
        lock.lockInterruptibly();
      } else {
        lock.lock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw state.fail(new ClosedByInterruptException());
    }
  }

  /** Enters unless the deadline passes before the lock is free. */
  boolean enter(Deadline deadline) throws InterruptedException {
    return lock.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
  }

  /** Enters if nobody, this thread included, is inside or waits to be. */
  boolean enterIfUnused() {
    if (lock.isHeldByCurrentThread() || !lock.tryLock()) {
      return false;
    }
    if (lock.hasQueuedThreads()) {
      leave();
      return false;
    }
    return true;
  }

  /**
   * Leaves, and wipes if that became due meanwhile. Looking again after the release means that of
   * this thread and the one that asks for the wipe at least one finds the lock free.
   */
  void leave() {
    lock.unlock();
    if (state.isOver()) {
      wipeWhenIdle();
    }
  }

  /** Wipes now, or leaves it to the thread that holds the lock. */
  void wipeWhenIdle() {
    if (!lock.isHeldByCurrentThread() && lock.tryLock()) {
      try {
        wipe.run();
      } catch (RuntimeException e) {
        // The backend broke, and keeps its secrets: the channel is over all the same.
      } finally {
        lock.unlock();
      }
    }
  }
}
