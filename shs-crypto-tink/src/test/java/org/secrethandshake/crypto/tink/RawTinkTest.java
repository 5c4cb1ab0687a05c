package org.secrethandshake.crypto.tink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.crypto.tink.subtle.Ed25519Verify;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.secrethandshake.testkit.SignatureVector;
import org.secrethandshake.testkit.SignatureVector.Verdict;

/**
 * Why the backend checks more than Tink does. When this fails, Tink has changed what it accepts:
 * see whether its new rule still lets us keep ours.
 */
class RawTinkTest {
  @Test
  void acceptsByItselfKeysOfSmallAndMixedOrder() {
    Set<String> expected =
        new TreeSet<>(List.of("speccheck 0", "speccheck 1", "speccheck 2", "speccheck 3"));

    assertEquals(expected, wronglyAccepted("speccheck \\d+"));
    assertEquals(Set.of("key A + T"), wronglyAccepted("key A \\+ T"));
    assertEquals(8, wronglyAccepted("key T\\d").size());
    assertEquals(Set.of("identity"), wronglyAccepted("identity"));
  }

  @Test
  void refusesByItselfAnotherRAndUnreducedScalars() {
    assertEquals(Set.of(), wronglyAccepted("R \\+ T"));
    assertEquals(Set.of(), wronglyAccepted("S \\+"));
    assertEquals(Set.of(), wronglyAccepted("R \\p{XDigit}{64}"));
  }

  private static Set<String> wronglyAccepted(String kind) {
    Pattern prefix = Pattern.compile(kind);
    return SignatureVector.adversarial()
        .filter(vector -> vector.verdict() != Verdict.VALID)
        .filter(RawTinkTest::accepts)
        .map(vector -> prefix.matcher(vector.name()))
        .filter(Matcher::lookingAt)
        .map(Matcher::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean accepts(SignatureVector vector) {
    try {
      new Ed25519Verify(vector.publicKey()).verify(vector.signature(), vector.message());
      return true;
    } catch (GeneralSecurityException refused) {
      return false;
    }
  }
}
