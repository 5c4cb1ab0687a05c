package org.secrethandshake.crypto.bouncycastle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.secrethandshake.testkit.SignatureVector;
import org.secrethandshake.testkit.SignatureVector.Verdict;

/**
 * Why the backend checks more than Bouncy Castle does. When this fails, Bouncy Castle has changed
 * what it accepts: see whether its new rule still lets us keep ours.
 */
class RawBouncyCastleTest {
  @Test
  void acceptsByItselfWhatTheRuleRefuses() {
    Set<String> expected =
        new TreeSet<>(List.of("speccheck 2", "speccheck 3", "speccheck 4", "speccheck 5"));

    assertEquals(expected, wronglyAccepted("speccheck \\d+"));
    assertEquals(Set.of("key A + T"), wronglyAccepted("key A \\+ T"));
    assertEquals(Set.of("R + T"), wronglyAccepted("R \\+ T"));
    assertEquals(Set.of("R = T"), wronglyAccepted("R = T"));
  }

  @Test
  void refusesByItselfSmallKeysAndUnreducedScalars() {
    assertEquals(Set.of(), wronglyAccepted("key T\\d"));
    assertEquals(Set.of(), wronglyAccepted("identity"));
    assertEquals(Set.of(), wronglyAccepted("S \\+"));
    assertEquals(Set.of(), wronglyAccepted("(key|R) \\p{XDigit}{64}"));
  }

  private static Set<String> wronglyAccepted(String kind) {
    Pattern prefix = Pattern.compile(kind);
    return SignatureVector.adversarial()
        .filter(vector -> vector.verdict() != Verdict.VALID)
        .filter(RawBouncyCastleTest::accepts)
        .map(vector -> prefix.matcher(vector.name()))
        .filter(Matcher::lookingAt)
        .map(Matcher::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean accepts(SignatureVector vector) {
    byte[] message = vector.message();
    return Ed25519.verify(vector.signature(), 0, vector.publicKey(), 0, message, 0, message.length);
  }
}
