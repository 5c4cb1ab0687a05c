package org.secrethandshake.crypto.bouncycastle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.testkit.ForkedJava;

/** In a JVM of its own: cold code allocates, and so does code shaped by other tests. */
class AllocationTest {
  @Test
  void sealsAndOpensWithoutAllocatingOnceWarm() throws Exception {
    String output =
        ForkedJava.run("-cp", ForkedJava.classPath(entry -> true), Program.class.getName());

    assertEquals("18: 0 bytes, 4096: 0 bytes", output);
  }

  /** Prints the fewest bytes that a round of calls allocated. */
  static final class Program {
    private static final int ROUNDS = 60;
    private static final int CALLS = 500;

    private Program() {}

    public static void main(String[] arguments) {
      System.out.printf("18: %d bytes, 4096: %d bytes%n", fewest(18), fewest(4096));
    }

    private static long fewest(int length) {
      ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      byte[] nonce = new byte[SecretBox.NONCE_BYTES];
      byte[] array = new byte[SecretBox.TAG_BYTES + length];
      long fewest = Long.MAX_VALUE;
      try (SecretBox box = new BouncyCastleCryptoProvider().secretBox(new byte[32])) {
        for (int round = 0; round < ROUNDS; round++) {
          long before = thread.getCurrentThreadAllocatedBytes();
          for (int call = 0; call < CALLS; call++) {
            nonce[call % nonce.length]++;
            box.seal(nonce, array, 0, length);
            if (!box.open(nonce, array, 0, length)) {
              throw new AssertionError("a box did not open");
            }
          }
          fewest = Math.min(fewest, thread.getCurrentThreadAllocatedBytes() - before);
        }
      }
      return fewest;
    }
  }
}
