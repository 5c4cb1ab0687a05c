package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When the secrets of one direction are wiped. */
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
  void wipesNothingWhileTheChannelGoesOn() throws IOException {
    lock.enter();
    lock.leave();
    assertEquals(0, wipes.get());
  }
}
