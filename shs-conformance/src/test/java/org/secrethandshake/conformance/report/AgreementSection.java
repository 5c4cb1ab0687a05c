package org.secrethandshake.conformance.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.UnsafeEncodings;
import org.secrethandshake.conformance.matrix.Cases;
import org.secrethandshake.spi.CryptoProvider;

/** The rows about X25519. */
final class AgreementSection {
  private static final int HONEST_PAIRS = 8;
  private static final byte[] SCALAR = scalar(7);
  private static final int TOP_BIT = 0x80;

  private AgreementSection() {}

  static Section of(CryptoProvider maker) {
    return new Section(
        "X25519",
        "A point of low order makes the shared secret all zero, whatever the scalar. A point that is"
            + " not reduced stands for the reduced one (RFC 7748), so it must be taken.",
        List.of(
            new Question("honest pairs, both sides the same", true, honest(maker)),
            new Question("point of low order, result all zero", false, lowOrder()),
            new Question("point u ≥ p, result that of u − p", true, notReduced(maker))));
  }

  private static List<Predicate<Column>> honest(CryptoProvider maker) {
    Formulas formulas = new Formulas(maker, new byte[0]);
    List<Predicate<Column>> cases = new ArrayList<>();
    for (int i = 1; i <= HONEST_PAIRS; i++) {
      byte[] other = scalar(i + HONEST_PAIRS);
      byte[] shared = formulas.agree(other, formulas.point(scalar(i)));
      cases.add(Question.agreement(scalar(i), formulas.point(other), shared));
    }
    return cases;
  }

  private static List<Predicate<Column>> lowOrder() {
    List<Predicate<Column>> cases = new ArrayList<>();
    for (byte[] point : Cases.LOW_ORDER_POINTS) {
      byte[] withTopBit = point.clone();
      withTopBit[point.length - 1] |= (byte) TOP_BIT;
      cases.add(Question.agreement(SCALAR, point));
      cases.add(Question.agreement(SCALAR, withTopBit));
    }
    return cases;
  }

  /** All but p and p + 1, which are of low order. */
  private static List<Predicate<Column>> notReduced(CryptoProvider maker) {
    List<Predicate<Column>> cases = new ArrayList<>();
    for (byte[] point : UnsafeEncodings.notCanonical()) {
      int reduced = (point[0] & 0xff) - 0xed;
      if (reduced > 1) {
        byte[] small = new byte[CryptoProvider.POINT_BYTES];
        small[0] = (byte) reduced;
        byte[] shared = new Formulas(maker, new byte[0]).agree(SCALAR, small);
        cases.add(Question.agreement(SCALAR, point, shared));
      }
    }
    return cases;
  }

  private static byte[] scalar(int value) {
    byte[] scalar = new byte[CryptoProvider.SCALAR_BYTES];
    Arrays.fill(scalar, (byte) value);
    return scalar;
  }
}
