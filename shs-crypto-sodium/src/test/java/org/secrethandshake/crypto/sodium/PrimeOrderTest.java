package org.secrethandshake.crypto.sodium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The own check of the subgroup against the definition, and against all torsion classes. */
class PrimeOrderTest {
  private static final Random RANDOM = new Random(25519);
  private static final int CLASSES = 8;

  @Test
  void acceptsOneTorsionClassOfEight() {
    List<Edwards> torsion = torsion();
    for (int i = 0; i < 12; i++) {
      Edwards point = Edwards.BASE.times(random(Edwards.L));
      for (int k = 0; k < CLASSES; k++) {
        Edwards mixed = point.plus(torsion.get(k));
        Optional<byte[]> answer = PrimeOrder.toMontgomery(mixed.encoding());
        assertEquals(k == 0, answer.isPresent(), "class " + k + " of " + point);
        answer.ifPresent(u -> assertArrayEquals(mixed.montgomery(), u));
      }
    }
  }

  @Test
  void refusesEveryPointOfSmallOrder() {
    for (Edwards point : torsion()) {
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
      BigInteger y = i < 50 ? BigInteger.valueOf(i) : random(Edwards.P);
      boolean expected =
          Edwards.of(y)
              .filter(point -> !point.equals(Edwards.IDENTITY))
              .map(point -> point.times(Edwards.L).equals(Edwards.IDENTITY))
              .orElse(false);
      valid += expected ? 1 : 0;
      assertEquals(
          expected, PrimeOrder.toMontgomery(Edwards.littleEndian(y)).isPresent(), "y = " + y);
    }
    assertTrue(valid > 0);
  }

  @Test
  void refusesEncodingsThatAreNotCanonical() {
    for (int i = 0; i < 19; i++) {
      BigInteger y = Edwards.P.add(BigInteger.valueOf(i));
      assertFalse(PrimeOrder.toMontgomery(Edwards.littleEndian(y)).isPresent(), "p + " + i);
    }
  }

  @Test
  void computesInTheFieldAsBigIntegerDoes() {
    List<BigInteger> numbers =
        Stream.concat(
                Stream.of("0", "1", "2", "18", "19", "20")
                    .map(BigInteger::new)
                    .flatMap(n -> Stream.of(n, Edwards.P.subtract(n), Edwards.P.add(n))),
                Stream.generate(() -> new BigInteger(255, RANDOM)).limit(40))
            .filter(n -> n.signum() >= 0 && n.bitLength() <= 255)
            .toList();
    for (BigInteger a : numbers) {
      FieldElement one = field(a);
      assertIs(
          a.modPow(BigInteger.TWO.pow(252).subtract(BigInteger.valueOf(3)), Edwards.P),
          one.rootPower());
      assertIs(a.modPow(BigInteger.TWO.pow(7), Edwards.P), one.squared(7));
      for (BigInteger b : numbers) {
        assertIs(a.add(b), one.plus(field(b)));
        assertIs(a.subtract(b), one.minus(field(b)));
        assertIs(a.multiply(b), one.times(field(b)));
      }
    }
  }

  private static void assertIs(BigInteger expected, FieldElement actual) {
    assertArrayEquals(Edwards.littleEndian(expected.mod(Edwards.P)), actual.encode());
  }

  private static FieldElement field(BigInteger number) {
    return FieldElement.decode(Edwards.littleEndian(number));
  }

  /** The multiples of a point of order 8, from the identity on. */
  private static List<Edwards> torsion() {
    Edwards generator =
        Stream.generate(() -> Edwards.of(random(Edwards.P)))
            .flatMap(Optional::stream)
            .map(point -> point.times(Edwards.L))
            .filter(point -> !point.times(BigInteger.valueOf(4)).equals(Edwards.IDENTITY))
            .findFirst()
            .orElseThrow();
    List<Edwards> multiples = new ArrayList<>(List.of(Edwards.IDENTITY));
    while (multiples.size() < CLASSES) {
      multiples.add(multiples.get(multiples.size() - 1).plus(generator));
    }
    return multiples;
  }

  private static BigInteger random(BigInteger bound) {
    return new BigInteger(300, RANDOM).mod(bound);
  }
}
