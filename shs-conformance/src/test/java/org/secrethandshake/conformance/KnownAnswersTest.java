package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.KnownAnswers;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/** The self-test of the backends: right ones pass it, and none that is wrong at one operation. */
class KnownAnswersTest {
  private static final CryptoProvider HONEST = CryptoProviders.named("bouncycastle");

  @BackendTest
  void areGivenByEveryBackend(CryptoProvider backend) {
    assertEquals(Optional.empty(), KnownAnswers.firstWrong(backend));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("wrong")
  void nameWhatIsWrong(String algorithm, String wrong, CryptoProvider provider) {
    assertEquals(Optional.of(algorithm), KnownAnswers.firstWrong(provider));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        of(
            "Ed25519",
            "signPublicKey",
            new Wrong() {
              @Override
              public void signPublicKey(byte[] seed, byte[] publicKey) {
                super.signPublicKey(new byte[SEED_BYTES], publicKey);
              }
            }),
        of(
            "Ed25519",
            "sign",
            new Wrong() {
              @Override
              public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
                super.sign(seed, publicKey, message, signature);
                signature[63] ^= 1;
              }
            }),
        of(
            "Ed25519",
            "verifyKey refuses all",
            new Wrong() {
              @Override
              public Optional<VerifyKey> verifyKey(byte[] publicKey) {
                return Optional.empty();
              }
            }),
        of("Ed25519", "verify takes all", verifying(true)),
        of("Ed25519", "verify refuses all", verifying(false)),
        of(
            "the X25519 form of an Ed25519 key",
            "point",
            new Wrong() {
              @Override
              public Optional<VerifyKey> verifyKey(byte[] publicKey) {
                return super.verifyKey(publicKey).map(key -> withPoint(key));
              }
            }),
        of(
            "the X25519 form of an Ed25519 key",
            "signSeedToScalar",
            new Wrong() {
              @Override
              public void signSeedToScalar(byte[] seed, byte[] scalar) {
                super.signSeedToScalar(seed, scalar);
                scalar[0] |= 1;
              }
            }),
        of(
            "X25519",
            "scalarMultBase",
            new Wrong() {
              @Override
              public void scalarMultBase(byte[] scalar, byte[] point) {
                super.scalarMultBase(new byte[SCALAR_BYTES], point);
              }
            }),
        of(
            "X25519",
            "scalarMult",
            new Wrong() {
              @Override
              public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
                boolean accepted = super.scalarMult(scalar, point, shared);
                shared[0] ^= 1;
                return accepted;
              }
            }),
        of(
            "X25519",
            "scalarMult takes zero",
            new Wrong() {
              @Override
              public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
                super.scalarMult(scalar, point, shared);
                return true;
              }
            }),
        of(
            "HMAC-SHA-512",
            "auth",
            new Wrong() {
              @Override
              public void auth(byte[] key, byte[] message, byte[] tag) {
                super.hash(message, tag);
              }
            }),
        of(
            "SHA-256",
            "hash",
            new Wrong() {
              @Override
              public void hash(byte[] message, byte[] digest) {
                super.auth(new byte[AUTH_KEY_BYTES], message, digest);
              }
            }),
        of(
            "XSalsa20-Poly1305",
            "secretBox with another key",
            new Wrong() {
              @Override
              public SecretBox secretBox(byte[] key) {
                return super.secretBox(new byte[SecretBox.KEY_BYTES]);
              }
            }),
        of(
            "XSalsa20-Poly1305",
            "open takes all",
            new Wrong() {
              @Override
              public SecretBox secretBox(byte[] key) {
                return takingAll(super.secretBox(key));
              }
            }),
        of(
            "XSalsa20-Poly1305",
            "seal is wrong about long boxes",
            new Wrong() {
              @Override
              public SecretBox secretBox(byte[] key) {
                return wrongWhenLong(super.secretBox(key));
              }
            }),
        of(
            "the source of random bytes",
            "randomBytes",
            new Wrong() {
              @Override
              public void randomBytes(byte[] out) {}
            }));
  }

  private static Arguments of(String algorithm, String wrong, CryptoProvider provider) {
    return Arguments.of(algorithm, wrong, provider);
  }

  private static class Wrong extends DelegatingCryptoProvider {
    Wrong() {
      super(HONEST);
    }
  }

  private static CryptoProvider verifying(boolean answer) {
    return new Wrong() {
      @Override
      public Optional<VerifyKey> verifyKey(byte[] publicKey) {
        return super.verifyKey(publicKey)
            .map(
                key ->
                    new VerifyKey() {
                      @Override
                      public boolean verify(byte[] message, byte[] signature) {
                        return answer;
                      }

                      @Override
                      public void point(byte[] point) {
                        key.point(point);
                      }
                    });
      }
    };
  }

  private static VerifyKey withPoint(VerifyKey key) {
    return new VerifyKey() {
      @Override
      public boolean verify(byte[] message, byte[] signature) {
        return key.verify(message, signature);
      }

      @Override
      public void point(byte[] point) {
        key.point(point);
        point[0] ^= 1;
      }
    };
  }

  private static SecretBox takingAll(SecretBox box) {
    return new SecretBox() {
      @Override
      public void seal(byte[] nonce, byte[] array, int offset, int length) {
        box.seal(nonce, array, offset, length);
      }

      @Override
      public boolean open(byte[] nonce, byte[] array, int offset, int length) {
        box.open(nonce, array, offset, length);
        return true;
      }

      @Override
      public void close() {
        box.close();
      }
    };
  }

  /** As if only the code for many blocks at once were wrong, in one bit of the last block. */
  private static SecretBox wrongWhenLong(SecretBox box) {
    return new SecretBox() {
      @Override
      public void seal(byte[] nonce, byte[] array, int offset, int length) {
        box.seal(nonce, array, offset, length);
        if (length >= 640) {
          array[offset + TAG_BYTES + length - 1] ^= 1;
        }
      }

      @Override
      public boolean open(byte[] nonce, byte[] array, int offset, int length) {
        return box.open(nonce, array, offset, length);
      }

      @Override
      public void close() {
        box.close();
      }
    };
  }
}
