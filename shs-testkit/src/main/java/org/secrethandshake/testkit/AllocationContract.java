package org.secrethandshake.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;

/**
 * Sealing and opening allocate nothing once they are compiled. Measured in a JVM of its own, on
 * HotSpot: cold code allocates, and so does code shaped by other tests.
 *
 * <p>The provider's class and constructor are public, as they are for a {@link
 * java.util.ServiceLoader}.
 */
public abstract class AllocationContract {
  /** Called by subclasses. */
  protected AllocationContract() {}

  /** Returns the provider under test. */
  protected abstract CryptoProvider provider();

  @Test
  void sealsAndOpensWithoutAllocatingOnceWarm() throws Exception {
    String output =
        ForkedJava.run(
            "-cp",
            ForkedJava.classPath(entry -> true),
            Program.class.getName(),
            provider().getClass().getName());

    assertEquals("18: 0 bytes, 4096: 0 bytes", output);
  }

  /** Prints the fewest bytes that a round of calls allocated. */
  static final class Program {
    private static final int ROUNDS = 60;
    private static final int CALLS = 500;

    private Program() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
      CryptoProvider crypto =
          Class.forName(arguments[0])
              .asSubclass(CryptoProvider.class)
              .getDeclaredConstructor()
              .newInstance();
      System.out.println(
          "18: " + fewest(crypto, 18) + " bytes, 4096: " + fewest(crypto, 4096) + " bytes");
    }

    private static long fewest(CryptoProvider crypto, int length) {
      ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      byte[] nonce = new byte[SecretBox.NONCE_BYTES];
      byte[] array = new byte[SecretBox.TAG_BYTES + length];
      long fewest = Long.MAX_VALUE;
      try (SecretBox box = crypto.secretBox(new byte[SecretBox.KEY_BYTES])) {
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
