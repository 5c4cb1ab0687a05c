package org.secrethandshake.crypto.sodium;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.testkit.ForkedJava;

/** In a JVM of its own, whose native memory would not hold what leaked. */
class LeakTest {
  private static final int BOXES = 100_000;
  private static final long MEGABYTE = 1 << 20;

  @Test
  void boxesThatNobodyClosesLeakNoNativeMemory() throws Exception {
    String output =
        ForkedJava.run(
            "-Xmx64m",
            "-XX:MaxDirectMemorySize=64m",
            "-cp",
            ForkedJava.classPath(entry -> true),
            Program.class.getName());

    assertTrue(output.matches("[01] megabytes left of \\d+ in 100000 boxes"), output);
  }

  /** Prints how much native memory is still in use. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws InterruptedException {
      CryptoProvider provider = new SodiumCryptoProvider();
      byte[] key = new byte[SecretBox.KEY_BYTES];
      byte[] nonce = new byte[SecretBox.NONCE_BYTES];
      byte[] array = new byte[SecretBox.TAG_BYTES + 4096];
      for (int i = 0; i < BOXES; i++) {
        provider.secretBox(key).seal(nonce, array, 0, 4096);
      }
      for (int i = 0; i < 100 && megabytesInUse() > 1; i++) {
        System.gc();
        Thread.sleep(50);
      }
      System.out.printf(
          "%s megabytes left of %s in %s boxes%n",
          megabytesInUse(), BOXES * 4096L / MEGABYTE, BOXES);
    }

    private static long megabytesInUse() {
      return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
              .filter(pool -> pool.getName().equals("direct"))
              .mapToLong(BufferPoolMXBean::getMemoryUsed)
              .sum()
          / MEGABYTE;
    }
  }
}
