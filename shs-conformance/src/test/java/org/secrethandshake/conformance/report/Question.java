package org.secrethandshake.conformance.report;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.secrethandshake.testkit.SignatureVector;

/**
 * A row of the report: cases of one kind, of which the rule accepts all or none.
 *
 * @param title what is special about them
 * @param accepted whether the rule accepts them
 * @param cases each as the question whether a column accepts it
 */
record Question(String title, boolean accepted, List<Predicate<Column>> cases) {

  /** A row of vectors on which the rule has the same verdict. */
  static Question of(String title, List<SignatureVector> vectors) {
    List<Boolean> verdicts =
        vectors.stream()
            .map(vector -> vector.verdict() == SignatureVector.Verdict.VALID)
            .distinct()
            .toList();
    if (verdicts.size() != 1) {
      throw new AssertionError(title + ": " + vectors.size() + " vectors, verdicts " + verdicts);
    }
    return new Question(title, verdicts.get(0), vectors.stream().map(Question::accepts).toList());
  }

  private static Predicate<Column> accepts(SignatureVector vector) {
    return column -> column.verifies(vector.publicKey(), vector.message(), vector.signature());
  }

  static Predicate<Column> signature(byte[] publicKey, byte[] message, byte[] signature) {
    return column -> column.verifies(publicKey, message, signature);
  }

  /** Accepted is any answer. */
  static Predicate<Column> agreement(byte[] scalar, byte[] point) {
    return column -> column.agree(scalar, point).isPresent();
  }

  /** Accepted is the right answer alone. */
  static Predicate<Column> agreement(byte[] scalar, byte[] point, byte[] shared) {
    return column ->
        column.agree(scalar, point).filter(given -> Arrays.equals(shared, given)).isPresent();
  }

  /** What the rule says. */
  Answer rule() {
    BitSet verdicts = new BitSet();
    verdicts.set(0, cases.size(), accepted);
    return new Answer(verdicts, cases.size(), true);
  }

  /** What a column says. */
  Answer ask(Column column) {
    BitSet verdicts = new BitSet();
    for (int i = 0; i < cases.size(); i++) {
      verdicts.set(i, cases.get(i).test(column));
    }
    return new Answer(verdicts, cases.size(), verdicts.equals(rule().verdicts()));
  }

  /**
   * Which cases were accepted.
   *
   * @param verdicts those that were
   * @param cases how many there are
   * @param isTheRules whether that is what the rule says
   */
  record Answer(BitSet verdicts, int cases, boolean isTheRules) {
    int accepted() {
      return verdicts.cardinality();
    }

    /** A sign for the eye, so that no meaning is carried by colour alone. */
    String sign() {
      if (!isTheRules) {
        return "⚠";
      }
      return accepted() > 0 ? "✓" : "✗";
    }

    String text() {
      return sign() + " " + words();
    }

    String words() {
      if (cases == 1) {
        return accepted() == 1 ? "accepts" : "refuses";
      }
      if (accepted() == 0) {
        return "none";
      }
      return accepted() == cases ? "all" : accepted() + " of " + cases;
    }
  }
}
