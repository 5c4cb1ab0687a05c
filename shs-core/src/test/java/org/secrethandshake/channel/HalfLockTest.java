package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When the secrets of one direction are wiped, and who waits for whom. */
class HalfLockTest {
  private final AtomicInteger wipes = new AtomicInteger();
  private final ChannelState state = new ChannelState(Transports.pair().left(), this::wipeWhenIdle);
  private final HalfLock lock = new HalfLock(state, wipes::incrementAndGet);

  private void wipeWhenIdle() {
    lock.wipeWhenIdle();
  }

  @Test
  void wipesAtOnceWhenNoThreadIsInside() {
    state.abort();
    assertEquals(1, wipes.get());
  }

  @Test
  void leavesTheWipeToTheThreadInside() throws IOException {
    lock.enter();
    state.abort();
    assertEquals(0, wipes.get(), "what is in use is not wiped");
    lock.leave();
    assertEquals(1, wipes.get());
  }

  @Test
  void keepsAThreadOutUntilItsDeadline() throws Exception {
    lock.enter();
    try (Deadline past = Deadline.arm(Duration.ofNanos(1), state.transport())) {
      Callable<Boolean> enter = () -> lock.enter(past);
      assertFalse(Peers.THREADS.submit(enter).get());
    }
    lock.leave();
  }

  @Test
  void isUsedWhileAnybodyIsInsideOrWaits() throws Exception {
    lock.enter();
    assertFalse(lock.enterIfUnused(), "by this thread");
    assertFalse(Peers.THREADS.submit(lock::enterIfUnused).get(), "by another");
    lock.leave();
    assertTrue(lock.enterIfUnused());
    lock.leave();
  }

  @Test
  void wipesNothingWhileTheChannelGoesOn() throws IOException {
    lock.enter();
    lock.leave();
    assertEquals(0, wipes.get());
  }
}
