package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Box streams that are damaged at random and fed in random pieces: what is delivered is always the
 * beginning of what was sent, up to the damaged packet, and the error is the one of that place.
 */
class BoxStreamFuzzTest {
  private static final int CASES = 3 * Fuzz.CASES;
  private static final String CLEAN = "clean";

  @BackendTest
  void damageEndsTheStreamAtItsPlaceWithItsReason(CryptoProvider crypto) {
    Map<String, Integer> outcomes = new TreeMap<>();
    for (long number = 0; number < CASES; number++) {
      Random random = new Random(Fuzz.SEED * 1_000_003 + number);
      FuzzedStream stream = FuzzedStream.make(crypto, random);
      String name = "case %s of seed %s, %s".formatted(number, Fuzz.SEED, stream.damage());
      ByteArrayOutputStream delivered = new ByteArrayOutputStream();
      try (Unboxer unboxer = new Unboxer(crypto, FuzzedStream.KEY, FuzzedStream.NONCE)) {
        String outcome = read(unboxer, stream.damaged(), random, delivered);
        assertEquals(stream.expected().orElse(CLEAN), outcome, name);
        outcomes.merge(outcome, 1, Integer::sum);
      }
      byte[] beginning = Arrays.copyOf(stream.plaintext(), stream.intactBytes());
      assertArrayEquals(beginning, delivered.toByteArray(), name);
    }
    Fuzz.report(CASES + " damaged box streams with " + crypto.name(), outcomes);
  }

  /** Reads to the end or to an error, which has to stay. */
  private static String read(
      Unboxer unboxer, byte[] stream, Random random, ByteArrayOutputStream delivered) {
    int longest = 1 + random.nextInt(1 << random.nextInt(14));
    try {
      Streams.unbox(unboxer, stream, piece -> 1 + random.nextInt(longest), delivered);
      return CLEAN;
    } catch (BoxStreamException e) {
      ByteBuffer more = ByteBuffer.allocate(Long.BYTES);
      assertSame(
          e, assertThrows(BoxStreamException.class, () -> unboxer.unbox(more, more)).getCause());
      assertSame(e, assertThrows(BoxStreamException.class, unboxer::endOfInput).getCause());
      return e.reason().name();
    }
  }
}
