package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.secrethandshake.conformance.Wycheproof.Agreement;
import org.secrethandshake.conformance.Wycheproof.Agreements;
import org.secrethandshake.conformance.Wycheproof.Signature;
import org.secrethandshake.conformance.Wycheproof.SignatureGroup;
import org.secrethandshake.conformance.Wycheproof.Signatures;
import org.secrethandshake.conformance.Wycheproof.SpecCheck;
import org.secrethandshake.conformance.Wycheproof.Tag;
import org.secrethandshake.conformance.Wycheproof.Tags;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Published vectors of Project Wycheproof and of ed25519-speccheck, judged by the acceptance rule
 * of {@link CryptoProvider}.
 */
class OutsideVectorsTest {
  private Path folder;

  @BeforeEach
  void needsTheVectors() {
    Requirement.VECTORS.orSkip("the vectors of Wycheproof and ed25519-speccheck");
    folder = Requirement.vectors().orElseThrow();
  }

  @BackendTest
  void signaturesAreJudgedAsWycheproofJudgesThem(CryptoProvider crypto) {
    int accepted = 0;
    int refused = 0;
    for (SignatureGroup group : Signatures.read(folder)) {
      for (Signature test : group.tests()) {
        boolean verified = verifies(crypto, group.key().pk(), test.msg(), test.sig());
        assertEquals(test.isValid(), verified, () -> "tcId " + test.id());
        accepted += verified ? 1 : 0;
        refused += verified ? 0 : 1;
      }
    }
    assertEquals(88, accepted);
    assertEquals(63, refused);
    report(crypto, "Wycheproof Ed25519: %s accepted, %s refused".formatted(accepted, refused));
  }

  @BackendTest
  void sharedSecretsAreThoseOfWycheproofAndZeroIsRefused(CryptoProvider crypto) {
    int equal = 0;
    int zero = 0;
    for (Agreement test : all(Agreements.read(folder))) {
      byte[] shared = new byte[CryptoProvider.POINT_BYTES];
      boolean accepted = crypto.scalarMult(test.scalar(), test.point(), shared);
      if (Arrays.equals(test.shared(), new byte[CryptoProvider.POINT_BYTES])) {
        assertFalse(accepted, () -> "tcId " + test.id());
        zero++;
      } else {
        assertTrue(accepted, () -> "tcId " + test.id());
        assertArrayEquals(test.shared(), shared, () -> "tcId " + test.id());
        equal++;
      }
    }
    assertEquals(487, equal);
    assertEquals(31, zero);
    report(crypto, "Wycheproof X25519: %s equal, %s refused as zero".formatted(equal, zero));
  }

  @BackendTest
  void tagsAreTheFirstHalvesOfThoseOfWycheproof(CryptoProvider crypto) {
    int equal = 0;
    for (Tag test : Tags.read(folder).stream().flatMap(group -> group.tests().stream()).toList()) {
      if (test.isValid() && test.key().length == CryptoProvider.AUTH_KEY_BYTES) {
        byte[] tag = new byte[CryptoProvider.AUTH_BYTES];
        crypto.auth(test.key(), test.msg(), tag);
        assertArrayEquals(Arrays.copyOf(test.tag(), tag.length), tag, () -> "tcId " + test.id());
        equal++;
      }
    }
    assertEquals(6, equal);
    report(crypto, "Wycheproof HMAC-SHA-512 with keys of 32 bytes: %s equal".formatted(equal));
  }

  /**
   * Cases 0 to 5 and 8 to 11 have a key or an R outside the prime-order subgroup (case 3, which
   * most libraries accept, has both); 6 and 7 have an S that is not below L.
   */
  @BackendTest
  void everySpeccheckCaseIsRefused(CryptoProvider crypto) {
    List<SpecCheck> cases = SpecCheck.read(folder);
    assertEquals(12, cases.size());
    for (int i = 0; i < cases.size(); i++) {
      SpecCheck test = cases.get(i);
      assertFalse(
          verifies(crypto, test.pubKey(), test.message(), test.signature()), "speccheck case " + i);
    }
    report(crypto, "ed25519-speccheck, cases 0 to 11: all refused");
  }

  /** A signature of another length cannot even be asked about: the contract refuses it. */
  private static boolean verifies(
      CryptoProvider crypto, byte[] publicKey, byte[] message, byte[] signature) {
    return signature.length == CryptoProvider.SIGNATURE_BYTES
        && crypto.verifyKey(publicKey).map(key -> key.verify(message, signature)).orElse(false);
  }

  private static List<Agreement> all(List<Wycheproof.AgreementGroup> groups) {
    return groups.stream().flatMap(group -> group.tests().stream()).toList();
  }

  private static void report(CryptoProvider crypto, String outcome) {
    System.out.println("Outside vectors, " + crypto.name() + ": " + outcome + ".");
  }
}
