package org.secrethandshake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;

class IdentityKeyPairTest {
  private static final CryptoProvider CRYPTO = new FakeProvider("fake");
  private static final byte[] SEED = counting();

  @Test
  void takesItsSeedFromTheBackendsRandomBytes() {
    try (IdentityKeyPair pair = IdentityKeyPair.generate(CRYPTO)) {
      assertArrayEquals(SEED, pair.exportSeed());
    }
  }

  @Test
  void derivesThePublicHalfFromTheSeed() {
    byte[] derived = new byte[IdentityKey.BYTES];
    CRYPTO.signPublicKey(SEED, derived);
    try (IdentityKeyPair pair = IdentityKeyPair.fromSeed(CRYPTO, SEED)) {
      assertEquals(IdentityKey.of(derived), pair.publicKey());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33, 64})
  void refusesSeedsOfOtherLengths(int length) {
    byte[] seed = new byte[length];
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> IdentityKeyPair.fromSeed(CRYPTO, seed));
    assertEquals("seed must be 32 bytes long, but has " + length, e.getMessage());
  }

  @Test
  void copiesItsSeedInAndOut() {
    byte[] seed = SEED.clone();
    try (IdentityKeyPair pair = IdentityKeyPair.fromSeed(CRYPTO, seed)) {
      Arrays.fill(seed, (byte) 0);
      Arrays.fill(pair.exportSeed(), (byte) 0);
      assertArrayEquals(SEED, pair.exportSeed());
    }
  }

  @Test
  void signsWithItsSeedAndItsDerivedPublicHalf() {
    byte[] signature = new byte[CryptoProvider.SIGNATURE_BYTES];
    try (IdentityKeyPair pair = IdentityKeyPair.fromSeed(CRYPTO, SEED)) {
      pair.sign(new byte[3], signature);
      assertArrayEquals(SEED, Arrays.copyOf(signature, 32));
      assertArrayEquals(pair.publicKey().bytes(), Arrays.copyOfRange(signature, 32, 64));
    }
  }

  @Test
  void givesItsScalar() {
    byte[] expected = new byte[CryptoProvider.SCALAR_BYTES];
    CRYPTO.signSeedToScalar(SEED, expected);
    byte[] scalar = new byte[CryptoProvider.SCALAR_BYTES];
    try (IdentityKeyPair pair = IdentityKeyPair.fromSeed(CRYPTO, SEED)) {
      pair.exportScalar(scalar);
    }
    assertArrayEquals(expected, scalar);
  }

  @Test
  void wipesTheCopiesItHandsToTheBackendEvenWhenThatFails() {
    List<byte[]> handedOver = new ArrayList<>();
    CryptoProvider failing =
        new FakeProvider("failing") {
          @Override
          public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
            handedOver.add(seed);
            throw new CryptoProviderException("broken");
          }

          @Override
          public void signSeedToScalar(byte[] seed, byte[] scalar) {
            handedOver.add(seed);
          }
        };
    try (IdentityKeyPair pair = IdentityKeyPair.fromSeed(failing, SEED)) {
      CryptoProviderException e =
          assertThrows(CryptoProviderException.class, () -> pair.sign(new byte[0], new byte[64]));
      assertEquals("broken", e.getMessage());
      pair.exportScalar(new byte[32]);
      assertEquals(2, handedOver.size());
      handedOver.forEach(seed -> assertArrayEquals(new byte[32], seed));
      assertArrayEquals(SEED, pair.exportSeed());
    }
  }

  static Stream<Consumer<IdentityKeyPair>> usesOfTheSeed() {
    return Stream.of(
        pair -> pair.sign(new byte[0], new byte[64]),
        pair -> pair.exportScalar(new byte[32]),
        pair -> pair.copy(CRYPTO),
        IdentityKeyPair::exportSeed);
  }

  @ParameterizedTest
  @MethodSource("usesOfTheSeed")
  void refusesToUseAClosedIdentity(Consumer<IdentityKeyPair> use) {
    IdentityKeyPair pair = IdentityKeyPair.fromSeed(CRYPTO, SEED);
    pair.close();
    pair.close();
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> use.accept(pair));
    assertEquals("this identity is closed and its seed is wiped", e.getMessage());
  }

  @Test
  void keepsItsPublicHalfWhenClosed() {
    IdentityKeyPair pair = IdentityKeyPair.fromSeed(CRYPTO, SEED);
    IdentityKey publicKey = pair.publicKey();
    pair.close();
    assertEquals(publicKey, pair.publicKey());
  }

  @Test
  void copiesOutliveTheOriginal() {
    IdentityKeyPair original = IdentityKeyPair.fromSeed(CRYPTO, SEED);
    try (IdentityKeyPair copy = original.copy(new FakeProvider("other"))) {
      original.close();
      assertArrayEquals(SEED, copy.exportSeed());
      assertEquals(original.publicKey(), copy.publicKey());
    }
  }

  @Test
  void showsNoKeyAndComparesNone() {
    try (IdentityKeyPair pair = IdentityKeyPair.fromSeed(CRYPTO, SEED);
        IdentityKeyPair same = IdentityKeyPair.fromSeed(CRYPTO, SEED)) {
      assertEquals("IdentityKeyPair", pair.toString());
      assertNotEquals(pair, same);
    }
  }

  private static byte[] counting() {
    byte[] seed = new byte[IdentityKeyPair.SEED_BYTES];
    CRYPTO.randomBytes(seed);
    return seed;
  }
}
