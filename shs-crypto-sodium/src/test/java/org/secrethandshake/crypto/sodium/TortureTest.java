package org.secrethandshake.crypto.sodium;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TortureTest {
  @Test
  void survivesRandomCalls() throws InterruptedException {
    String done = Torture.run(Installed.provider(), Duration.ofSeconds(2), System.nanoTime());

    assertTrue(done.contains(" calls, "), done);
  }
}
