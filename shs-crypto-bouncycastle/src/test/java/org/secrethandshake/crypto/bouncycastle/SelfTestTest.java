package org.secrethandshake.crypto.bouncycastle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/** A Bouncy Castle that links, and computes something else, is not used. */
class SelfTestTest {
  private final BouncyCastleCryptoProvider provider = new BouncyCastleCryptoProvider();

  @Test
  void namesTheAlgorithmWhoseAnswerIsWrong() {
    CryptoProvider wrong =
        new DelegatingCryptoProvider(provider) {
          @Override
          public void hash(byte[] message, byte[] digest) {
            super.hash(message, digest);
            digest[0] ^= 1;
          }
        };

    Throwable cause = BouncyCastleLibrary.unavailability(wrong).orElseThrow();

    assertInstanceOf(CryptoProviderException.class, cause);
    assertEquals(
        "The self-test of the crypto backend bouncycastle failed: SHA-256 gives another answer than"
            + " its specification. Found: "
            + provider.description()
            + ".",
        cause.getMessage());
    assertEquals(Optional.empty(), BouncyCastleLibrary.unavailability(provider));
  }
}
