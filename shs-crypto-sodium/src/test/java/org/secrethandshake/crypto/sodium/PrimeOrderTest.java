package org.secrethandshake.crypto.sodium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.secrethandshake.testkit.Edwards25519;

/** The own check of the subgroup against the definition, and against all torsion classes. */
class PrimeOrderTest {
  private static final Random RANDOM = new Random(25519);
  private static final int CLASSES = 8;

  @Test
  void acceptsOneTorsionClassOfEight() {
    for (int i = 0; i < 12; i++) {
      Edwards25519 point = Edwards25519.BASE.times(random(Edwards25519.L));
      for (int k = 0; k < CLASSES; k++) {
        Edwards25519 mixed = point.plus(Edwards25519.TORSION.get(k));
        Optional<byte[]> answer = PrimeOrder.toMontgomery(mixed.encoding());
        assertEquals(k == 0, answer.isPresent(), "class " + k + " of " + point);
        answer.ifPresent(u -> assertArrayEquals(mixed.montgomery(), u));
      }
    }
  }

  @Test
  void refusesEveryPointOfSmallOrder() {
    for (Edwards25519 point : Edwards25519.TORSION) {
      byte[] encoding = point.encoding();
      assertFalse(PrimeOrder.toMontgomery(encoding).isPresent());
      encoding[31] ^= (byte) 0x80;
      assertFalse(PrimeOrder.toMontgomery(encoding).isPresent());
    }
  }

  @Test
  void agreesWithTheDefinitionOnRandomAndSmallEncodings() {
    int valid = 0;
    for (int i = 0; i < 150; i++) {
      BigInteger y = i < 50 ? BigInteger.valueOf(i) : random(Edwards25519.P);
      boolean expected =
          Edwards25519.withY(y)
              .filter(point -> !point.equals(Edwards25519.IDENTITY))
              .map(point -> point.times(Edwards25519.L).equals(Edwards25519.IDENTITY))
              .orElse(false);
      valid += expected ? 1 : 0;
      assertEquals(
          expected, PrimeOrder.toMontgomery(Edwards25519.littleEndian(y)).isPresent(), "y = " + y);
    }
    assertTrue(valid > 0);
  }

  @Test
  void refusesEncodingsThatAreNotCanonical() {
    for (int i = 0; i < 19; i++) {
      BigInteger y = Edwards25519.P.add(BigInteger.valueOf(i));
      assertFalse(PrimeOrder.toMontgomery(Edwards25519.littleEndian(y)).isPresent(), "p + " + i);
    }
  }

  @Test
  void computesInTheFieldAsBigIntegerDoes() {
    List<BigInteger> numbers =
        Stream.concat(
                Stream.of("0", "1", "2", "18", "19", "20")
                    .map(BigInteger::new)
                    .flatMap(n -> Stream.of(n, Edwards25519.P.subtract(n), Edwards25519.P.add(n))),
                Stream.generate(() -> new BigInteger(255, RANDOM)).limit(40))
            .filter(n -> n.signum() >= 0 && n.bitLength() <= 255)
            .toList();
    for (BigInteger a : numbers) {
      FieldElement one = field(a);
      assertIs(
          a.modPow(BigInteger.TWO.pow(252).subtract(BigInteger.valueOf(3)), Edwards25519.P),
          one.rootPower());
      assertIs(a.modPow(BigInteger.TWO.pow(7), Edwards25519.P), one.squared(7));
      for (BigInteger b : numbers) {
        assertIs(a.add(b), one.plus(field(b)));
        assertIs(a.subtract(b), one.minus(field(b)));
        assertIs(a.multiply(b), one.times(field(b)));
      }
    }
  }

  private static void assertIs(BigInteger expected, FieldElement actual) {
    assertArrayEquals(Edwards25519.littleEndian(expected.mod(Edwards25519.P)), actual.encode());
  }

  private static FieldElement field(BigInteger number) {
    return FieldElement.decode(Edwards25519.littleEndian(number));
  }

  private static BigInteger random(BigInteger bound) {
    return new BigInteger(300, RANDOM).mod(bound);
  }
}
