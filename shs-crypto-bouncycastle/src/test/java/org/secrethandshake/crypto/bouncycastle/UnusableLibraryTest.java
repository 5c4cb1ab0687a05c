package org.secrethandshake.crypto.bouncycastle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/**
 * A Bouncy Castle that is wrong about any algorithm, or breaks, is not used; the reason is told.
 */
class UnusableLibraryTest {
  private static final CryptoProvider REAL = new BouncyCastleCryptoProvider();

  @Test
  void aLibraryThatAnswersRightIsUsed() {
    assertEquals(Optional.empty(), BouncyCastleLibrary.unavailability(REAL));
    assertEquals(Optional.empty(), REAL.unavailability());
  }

  @Test
  void theLibraryIsDescribedWithItsVersion() {
    assertTrue(
        REAL.description().matches("Bouncy Castle 1\\.\\d+, this project's .*"),
        REAL.description());
  }

  private static final Map<String, CryptoProvider> WRONG =
      Map.of(
          "Ed25519",
          new DelegatingCryptoProvider(REAL) {
            @Override
            public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
              super.sign(seed, publicKey, message, signature);
              signature[0] ^= 1;
            }
          },
          "the X25519 form of an Ed25519 key",
          new DelegatingCryptoProvider(REAL) {
            @Override
            public void signSeedToScalar(byte[] seed, byte[] scalar) {
              super.signSeedToScalar(seed, scalar);
              scalar[0] ^= 8;
            }
          },
          "X25519",
          new DelegatingCryptoProvider(REAL) {
            @Override
            public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
              super.scalarMult(scalar, point, shared);
              return true;
            }
          },
          "HMAC-SHA-512",
          new DelegatingCryptoProvider(REAL) {
            @Override
            public void auth(byte[] key, byte[] message, byte[] tag) {
              super.auth(key, message, tag);
              tag[31] ^= 1;
            }
          },
          "SHA-256",
          new DelegatingCryptoProvider(REAL) {
            @Override
            public void hash(byte[] message, byte[] digest) {
              super.hash(message, digest);
              digest[31] ^= 1;
            }
          },
          "XSalsa20-Poly1305",
          new DelegatingCryptoProvider(REAL) {
            @Override
            public SecretBox secretBox(byte[] key) {
              byte[] other = key.clone();
              other[31] ^= 1;
              return super.secretBox(other);
            }
          },
          "the source of random bytes",
          new DelegatingCryptoProvider(REAL) {
            @Override
            public void randomBytes(byte[] out) {
              Arrays.fill(out, (byte) 0);
            }
          });

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ed25519",
        "the X25519 form of an Ed25519 key",
        "X25519",
        "HMAC-SHA-512",
        "SHA-256",
        "XSalsa20-Poly1305",
        "the source of random bytes"
      })
  void aLibraryThatAnswersWrongIsNotUsed(String algorithm) {
    assertEquals(
        "The self-test of the crypto backend bouncycastle failed: "
            + algorithm
            + " gives another answer than its specification. Found: "
            + REAL.description()
            + ".",
        whyNot(WRONG.get(algorithm)));
  }

  @Test
  void aLibraryThatBreaksIsNotUsed() {
    assertEquals(
        "The self-test of the crypto backend bouncycastle failed: a cosmic ray. Found: "
            + REAL.description()
            + ".",
        whyNot(failing(new ArithmeticException("a cosmic ray"))));
  }

  @Test
  void aLibraryOfWhichAPartIsMissingIsNotUsed() {
    String parts = "Look for parts of another version among the dependencies.";
    String noClass = whyNot(failing(new NoClassDefFoundError("org/bouncycastle/crypto/Digest")));
    assertTrue(noClass.contains(", but not all of it (the class org.bouncycastle."), noClass);
    assertTrue(noClass.endsWith(parts), noClass);
    String noMethod = whyNot(failing(new NoSuchMethodError("'void some.Type.doFinal(byte[])'")));
    assertTrue(noMethod.contains(", but not all of it (the method doFinal is missing)"), noMethod);
    assertTrue(noMethod.endsWith(parts), noMethod);
  }

  @Test
  void aRuntimeThatLacksAModuleIsBlamedForIt() {
    String why = whyNot(failing(new NoClassDefFoundError("java/util/logging/Logger")));
    assertTrue(
        why.startsWith(
            "The crypto backend bouncycastle cannot be used: This Java runtime lacks the module"
                + " java.logging, which Bouncy Castle needs."),
        why);
  }

  private static String whyNot(CryptoProvider provider) {
    return String.valueOf(BouncyCastleLibrary.unavailability(provider).orElseThrow().getMessage());
  }

  /** A provider whose first operation throws. */
  private static CryptoProvider failing(Throwable failure) {
    return new DelegatingCryptoProvider(REAL) {
      @Override
      public void signPublicKey(byte[] seed, byte[] publicKey) {
        if (failure instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) failure;
      }
    };
  }
}
