package org.secrethandshake.crypto.primitives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.secrethandshake.testkit.Edwards25519.P;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.secrethandshake.testkit.Edwards25519;

/** The arithmetic against {@link BigInteger}, also with limbs at their bounds. */
class FieldElementTest {
  private static final int BITS = 51;
  private static final long BOUND = (1L << BITS) + (1L << 10);
  private static final BigInteger ROOT_POWER = P.subtract(BigInteger.valueOf(5)).shiftRight(3);
  private static final int LIMBS = 5;

  private final Random random = new Random(25519);

  @Test
  void computesAsBigIntegerDoes() {
    List<FieldElement> numbers = numbers();
    for (FieldElement a : numbers) {
      assertIs(value(a), a);
      assertIs(value(a).negate(), a.negated());
      assertIs(value(a).pow(2), a.squared());
      assertIs(value(a).modPow(BigInteger.TWO.pow(7), P), a.squared(7));
      assertIs(value(a).modPow(ROOT_POWER, P), a.rootPower());
      for (FieldElement b : numbers) {
        assertIs(value(a).add(value(b)), a.plus(b));
        assertIs(value(a).subtract(value(b)), a.minus(b));
        assertIs(value(a).multiply(value(b)), a.times(b));
      }
    }
  }

  @Test
  void computesAsBigIntegerDoesInLongChains() {
    FieldElement number = FieldElement.of(486662);
    BigInteger expected = value(number);
    for (int i = 0; i < 20_000; i++) {
      FieldElement other = random();
      number = number.times(other).minus(other).squared().plus(number);
      expected = expected.multiply(value(other)).subtract(value(other)).pow(2).add(expected).mod(P);
      assertIs(expected, number);
    }
  }

  @Test
  void equalsWhateverTheRepresentative() {
    for (int i = 0; i < 19; i++) {
      FieldElement low = FieldElement.of(i);
      FieldElement high = decoded(P.add(BigInteger.valueOf(i)));
      assertTrue(low.is(high) && high.is(low), "p + " + i);
      assertFalse(low.is(high.plus(FieldElement.ONE)), "p + 1 + " + i);
      assertArrayEquals(low.encode(), high.encode());
    }
  }

  @Test
  void decodesWithoutTheHighestBit() {
    byte[] bytes = Edwards25519.littleEndian(BigInteger.TWO.pow(256).subtract(BigInteger.ONE));

    assertIs(BigInteger.TWO.pow(255).subtract(BigInteger.ONE), FieldElement.decode(bytes));
  }

  /** Zero, one, two and those around p; each limb nothing or all; every limb at its bound. */
  private List<FieldElement> numbers() {
    List<FieldElement> numbers = new ArrayList<>();
    for (int i = 0; i <= 20; i++) {
      BigInteger small = BigInteger.valueOf(i);
      numbers.add(decoded(small));
      numbers.add(decoded(P.subtract(small)));
    }
    for (int i = 1; i < 19; i++) {
      numbers.add(decoded(P.add(BigInteger.valueOf(i))));
    }
    for (long full : new long[] {BOUND - 1, 1L << BITS, (1L << BITS) - 1, 1}) {
      for (int set = 1; set < 1 << LIMBS; set++) {
        numbers.add(
            new FieldElement(
                limb(set, 0, full),
                limb(set, 1, full),
                limb(set, 2, full),
                limb(set, 3, full),
                limb(set, 4, full)));
      }
    }
    Stream.generate(this::random).limit(100).forEach(numbers::add);
    return numbers;
  }

  private static long limb(int set, int index, long full) {
    return (set >> index & 1) * full;
  }

  private FieldElement random() {
    return decoded(new BigInteger(255, random));
  }

  private static FieldElement decoded(BigInteger number) {
    return FieldElement.decode(Edwards25519.littleEndian(number));
  }

  /** The value and the bounds, with which the next operation has to reckon. */
  private static void assertIs(BigInteger expected, FieldElement actual) {
    assertEquals(expected.mod(P), Edwards25519.number(actual.encode()));
    assertEquals(expected.mod(P), value(actual).mod(P));
    for (long limb : limbs(actual)) {
      assertTrue(0 <= limb && limb < BOUND, () -> "a limb of " + limb);
    }
  }

  private static BigInteger value(FieldElement number) {
    BigInteger value = BigInteger.ZERO;
    long[] limbs = limbs(number);
    for (int i = LIMBS - 1; i >= 0; i--) {
      value = value.shiftLeft(BITS).add(BigInteger.valueOf(limbs[i]));
    }
    return value;
  }

  private static long[] limbs(FieldElement number) {
    return new long[] {number.a0, number.a1, number.a2, number.a3, number.a4};
  }
}
