package org.secrethandshake.crypto.primitives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.secrethandshake.testkit.Edwards25519.BASE;
import static org.secrethandshake.testkit.Edwards25519.IDENTITY;
import static org.secrethandshake.testkit.Edwards25519.L;
import static org.secrethandshake.testkit.Edwards25519.P;
import static org.secrethandshake.testkit.Edwards25519.TORSION;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.testkit.Edwards25519;
import org.secrethandshake.testkit.SignatureVector;
import org.secrethandshake.testkit.SignatureVector.Verdict;

/** A test for each thing that the proof in {@link PrimeOrder} leaves to be tested. */
class PrimeOrderTest {
  private static final BigInteger A = BigInteger.valueOf(486662);
  private static final BigInteger ONE = BigInteger.ONE;
  private static final BigInteger MINUS_ONE = P.subtract(ONE);
  private static final int SIGN = 0x80;

  private final Random random = new Random(25519);

  // The facts that the proof takes for granted.

  @Test
  void theFieldHasRootsOfMinusOneAndNoEighthRootsOfOne() {
    assertTrue(P.isProbablePrime(100));
    assertEquals(5, P.mod(BigInteger.valueOf(8)).intValue());
  }

  /**
   * A multiple of {@code 8L} points, because one has that order; and no other multiple lies within
   * Hasse's bounds, {@code p + 1 - 2 sqrt(p)} and {@code p + 1 + 2 sqrt(p)}.
   */
  @Test
  void theGroupIsCyclicOfOrderEightTimesAPrime() {
    BigInteger order = L.shiftLeft(3);
    Edwards25519 generator = BASE.plus(TORSION.get(1));

    assertTrue(L.isProbablePrime(100));
    assertEquals(IDENTITY, generator.times(order));
    assertFalse(generator.times(order.shiftRight(1)).equals(IDENTITY));
    assertFalse(generator.times(BigInteger.valueOf(8)).equals(IDENTITY));
    BigInteger distance = order.subtract(P.add(ONE)).abs();
    BigInteger bound = P.sqrt().add(ONE).shiftLeft(1);
    assertTrue(distance.compareTo(bound) <= 0);
    assertTrue(order.subtract(bound.shiftLeft(1)).signum() > 0);
  }

  @Test
  void theProductOfBothZIsNoSquare() {
    assertFalse(isSquare(A.pow(2).subtract(BigInteger.valueOf(4))));
  }

  @Test
  void theConstantsAreTheRootsTheyAreSaidToBe() {
    BigInteger product = A.pow(2).subtract(BigInteger.valueOf(4));
    BigInteger i = value(PrimeOrder.I);

    assertEquals(MINUS_ONE, square(i));
    assertEquals(A.add(BigInteger.TWO), square(value(PrimeOrder.S)));
    assertEquals(product, square(value(PrimeOrder.K_I)).multiply(i).mod(P));
    assertEquals(product, square(value(PrimeOrder.K_MINUS_I)).multiply(i).negate().mod(P));
  }

  // Each step, by points that only it refuses, and every way through the roots.

  /** The odd classes fail in step 1, the other even ones in step 3. */
  @Test
  void acceptsOneTorsionClassOfEight() {
    for (int i = 0; i < 40; i++) {
      Edwards25519 point = BASE.times(random(L.subtract(ONE)).add(ONE));
      for (Edwards25519 torsion : TORSION) {
        Edwards25519 mixed = point.plus(torsion);
        boolean expected = torsion.equals(IDENTITY);
        assertEquals(expected, accepts(mixed.encoding()), torsion + " added to " + point);
        if (expected) {
          assertArrayEquals(
              mixed.montgomery(), PrimeOrder.toMontgomery(mixed.encoding()).orElseThrow());
        }
      }
    }
  }

  @Test
  void meetsEachOutcomeOfTheThreeSteps() {
    Map<Outcome, Integer> met = new EnumMap<>(Outcome.class);
    for (int i = 0; i < 400; i++) {
      BigInteger y = random(P);
      Outcome outcome = outcome(y);
      met.merge(outcome, 1, Integer::sum);
      assertEquals(outcome.accepted, accepts(Edwards25519.littleEndian(y)), "y = " + y);
    }
    for (Outcome outcome : Outcome.values()) {
      assertTrue(met.getOrDefault(outcome, 0) > 3, met::toString);
    }
  }

  // Encodings.

  @Test
  void refusesEveryPointOfSmallOrder() {
    for (Edwards25519 point : TORSION) {
      assertRefusedWithEitherSign(point.y());
    }
  }

  @Test
  void refusesEncodingsThatHaveNoX() {
    for (BigInteger y : new BigInteger[] {ONE, MINUS_ONE}) {
      assertFalse(PrimeOrder.isCanonicalWithX(Edwards25519.littleEndian(y)));
      assertFalse(PrimeOrder.isCanonicalWithX(Edwards25519.littleEndian(y.setBit(255))));
      assertRefusedWithEitherSign(y);
    }
  }

  /** All nineteen. None of them would be valid less p, so it takes the check itself to see it. */
  @Test
  void refusesEncodingsThatAreNotCanonical() {
    for (int i = 0; i < 19; i++) {
      BigInteger y = P.add(BigInteger.valueOf(i));
      assertFalse(PrimeOrder.isCanonicalWithX(Edwards25519.littleEndian(y)), "p + " + i);
      assertRefusedWithEitherSign(y);
    }
  }

  @Test
  void tellsTheSpecialEncodingsFromTheirNeighbours() {
    for (BigInteger special : new BigInteger[] {BigInteger.ZERO, ONE, MINUS_ONE, P}) {
      for (int bit = 0; bit < 255; bit++) {
        BigInteger y = special.flipBit(bit);
        assertEquals(
            y.compareTo(P) < 0 && !y.equals(ONE) && !y.equals(MINUS_ONE),
            PrimeOrder.isCanonicalWithX(Edwards25519.littleEndian(y)),
            "y = " + y);
      }
    }
  }

  @Test
  void acceptsAPointTogetherWithItsOpposite() {
    for (int i = 0; i < 20; i++) {
      byte[] encoding = BASE.times(random(L.subtract(ONE)).add(ONE)).encoding();
      byte[] point = PrimeOrder.toMontgomery(encoding).orElseThrow();
      encoding[31] ^= (byte) SIGN;
      assertArrayEquals(point, PrimeOrder.toMontgomery(encoding).orElseThrow());
    }
  }

  @Test
  void looksAtTheFirst32BytesOfMore() {
    byte[] signature = Arrays.copyOf(BASE.encoding(), 64);
    assertTrue(PrimeOrder.begins(signature));
    Arrays.fill(signature, 32, 64, (byte) 0xff);
    assertTrue(PrimeOrder.begins(signature));
    signature[0] ^= 1;
    assertEquals(isValid(Arrays.copyOf(signature, 32)), PrimeOrder.begins(signature));
    Arrays.fill(signature, 0, 32, (byte) 0);
    signature[0] = 1;
    assertFalse(PrimeOrder.begins(signature));
  }

  // The definition.

  /** Keys and R of the adversarial vectors, whose verdicts are another implementation's. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("org.secrethandshake.testkit.SignatureVector#adversarial")
  void decidesOnKeysAsTheVectorsDo(SignatureVector vector) {
    assertEquals(vector.verdict() != Verdict.INVALID_KEY, accepts(vector.publicKey()));
    if (vector.verdict() == Verdict.VALID) {
      assertTrue(PrimeOrder.begins(vector.signature()));
    }
  }

  @Test
  void agreesWithTheDefinitionOnTheFirstAndLastEncodings() {
    for (int i = 0; i < 100; i++) {
      assertAgrees(BigInteger.valueOf(i));
      assertAgrees(P.subtract(BigInteger.valueOf(i)));
    }
  }

  @Test
  void agreesWithTheDefinitionOnManyPoints() {
    assertEquals("no difference", new SubgroupRun(25519).compare(2_000).difference());
  }

  private enum Outcome {
    NOT_IN_2E(false),
    ON_THE_TWIST(false),
    ROOT_OF_Z_NOT_IN_4E(false),
    ROOT_OF_OTHER_Z_NOT_IN_4E(false),
    ROOT_OF_Z_IN_4E(true),
    ROOT_OF_OTHER_Z_IN_4E(true);

    private final boolean accepted;

    Outcome(boolean accepted) {
      this.accepted = accepted;
    }
  }

  /** Where the theorem decides: by its conditions, and by the definition instead of the last. */
  private static Outcome outcome(BigInteger y) {
    BigInteger u = ONE.add(y).multiply(ONE.subtract(y).modInverse(P)).mod(P);
    BigInteger rr = u.pow(2).add(A.multiply(u)).add(ONE).mod(P);
    if (!isSquare(u)) {
      return Outcome.NOT_IN_2E;
    }
    if (!isSquare(rr)) {
      return Outcome.ON_THE_TWIST;
    }
    boolean valid = isValid(Edwards25519.littleEndian(y));
    // Which z has a root depends on the sign of r, which is that of RFC 8032's formula.
    return isSquare(root(rr).add(u).shiftLeft(1).add(A))
        ? valid ? Outcome.ROOT_OF_Z_IN_4E : Outcome.ROOT_OF_Z_NOT_IN_4E
        : valid ? Outcome.ROOT_OF_OTHER_Z_IN_4E : Outcome.ROOT_OF_OTHER_Z_NOT_IN_4E;
  }

  private static BigInteger root(BigInteger square) {
    BigInteger root = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    return square(root).equals(square) ? root : root.multiply(value(PrimeOrder.I)).mod(P);
  }

  private static void assertAgrees(BigInteger y) {
    byte[] encoding = Edwards25519.littleEndian(y);
    assertEquals(isValid(encoding), accepts(encoding), "y = " + y);
  }

  private static void assertRefusedWithEitherSign(BigInteger y) {
    assertFalse(accepts(Edwards25519.littleEndian(y)), "y = " + y);
    assertFalse(accepts(Edwards25519.littleEndian(y.setBit(255))), "y = " + y + " with a sign");
  }

  private static boolean accepts(byte[] encoding) {
    Optional<byte[]> point = PrimeOrder.toMontgomery(encoding);
    assertEquals(point.isPresent(), PrimeOrder.begins(encoding));
    return point.isPresent();
  }

  private static boolean isValid(byte[] encoding) {
    BigInteger y = Edwards25519.number(encoding).clearBit(255);
    return y.compareTo(P) < 0
        && Edwards25519.withY(y)
            .filter(point -> !point.equals(IDENTITY))
            .map(point -> point.times(L).equals(IDENTITY))
            .orElse(false);
  }

  private static boolean isSquare(BigInteger number) {
    return number.modPow(P.shiftRight(1), P).equals(ONE);
  }

  private static BigInteger square(BigInteger number) {
    return number.pow(2).mod(P);
  }

  private static BigInteger value(FieldElement number) {
    return Edwards25519.number(number.encode());
  }

  private BigInteger random(BigInteger bound) {
    return new BigInteger(320, random).mod(bound);
  }
}
