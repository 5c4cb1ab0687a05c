package org.secrethandshake.crypto.tink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/** A backend that breaks is not used, and the reason is told. */
class UnusableLibraryTest {
  private static final CryptoProvider REAL = new TinkCryptoProvider();

  @Test
  void theLibraryIsDescribedWithItsVersion() {
    assertTrue(
        REAL.description().matches("Tink 1\\.\\d+\\.\\d+ for Ed25519 and X25519, .*"),
        REAL.description());
  }

  @Test
  void aBackendThatBreaksIsNotUsed() {
    CryptoProvider broken =
        new DelegatingCryptoProvider(REAL) {
          @Override
          public void hash(byte[] message, byte[] digest) {
            throw new ArithmeticException("a cosmic ray");
          }
        };
    assertEquals(
        "The self-test of the crypto backend tink failed: a cosmic ray. Found: "
            + REAL.description()
            + ".",
        whyNot(broken));
  }

  private static String whyNot(CryptoProvider provider) {
    return String.valueOf(TinkLibrary.unavailability(provider).orElseThrow().getMessage());
  }
}
