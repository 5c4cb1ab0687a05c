package org.secrethandshake.crypto.sodium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.testkit.SignatureVector;
import org.secrethandshake.testkit.SignatureVector.Verdict;

/**
 * The rule as it is with a libsodium of which nothing is trusted; the contract tests the others.
 */
class KeyRuleTest {
  private final KeyRule rule = new KeyRule(true, true);

  @BeforeAll
  static void load() {
    Installed.provider();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("org.secrethandshake.testkit.SignatureVector#adversarial")
  void decidesByTheAcceptanceRule(SignatureVector vector) {
    assertEquals(vector.verdict(), verdict(vector));
  }

  /** Of an invalid key, for which alone this library lets such an R through. */
  @Test
  void refusesAnROfMixedOrderThatTheLibraryLetsThrough() {
    SignatureVector vector =
        SignatureVector.adversarial()
            .filter(candidate -> candidate.name().startsWith("speccheck 3:"))
            .findAny()
            .orElseThrow();
    KeyRule trusting = new KeyRule(true, false);

    assertTrue(trusting.verify(vector.publicKey(), vector.message(), vector.signature()));
    assertFalse(rule.verify(vector.publicKey(), vector.message(), vector.signature()));
  }

  private Verdict verdict(SignatureVector vector) {
    if (rule.toPoint(vector.publicKey()).isEmpty()) {
      return Verdict.INVALID_KEY;
    }
    return rule.verify(vector.publicKey(), vector.message(), vector.signature())
        ? Verdict.VALID
        : Verdict.INVALID_SIGNATURE;
  }
}
