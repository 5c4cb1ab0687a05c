package org.secrethandshake.boxstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.testkit.ForkedJava;

/** In a JVM of its own: cold code allocates, and so does code that other tests have shaped. */
class BoxStreamAllocationTest {
  @Test
  void boxesAndUnboxesWithoutAllocatingOnceWarm() throws Exception {
    String output =
        ForkedJava.run("-cp", ForkedJava.classPath(entry -> true), Program.class.getName());

    assertEquals("64: 0 bytes, 4096: 0 bytes", output);
  }

  /** Prints the fewest bytes that a round of packets allocated. */
  static final class Program {
    private static final int ROUNDS = 60;
    private static final int PACKETS = 500;

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      System.out.printf("64: %d bytes, 4096: %d bytes%n", fewest(64), fewest(4096));
    }

    private static long fewest(int length) throws BoxStreamException {
      ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      ByteBuffer plaintext = ByteBuffer.allocate(length);
      ByteBuffer wire = ByteBuffer.allocate(Boxer.packetBytes(length));
      ByteBuffer opened = ByteBuffer.allocate(length);
      long fewest = Long.MAX_VALUE;
      try (Boxer boxer = Streams.boxer();
          Unboxer unboxer = Streams.unboxer()) {
        for (int round = 0; round < ROUNDS; round++) {
          long before = thread.getCurrentThreadAllocatedBytes();
          for (int packet = 0; packet < PACKETS; packet++) {
            boxer.box(plaintext.clear(), wire.clear());
            unboxer.unbox(wire.flip(), opened.clear());
          }
          fewest = Math.min(fewest, thread.getCurrentThreadAllocatedBytes() - before);
        }
      }
      return fewest;
    }
  }
}
