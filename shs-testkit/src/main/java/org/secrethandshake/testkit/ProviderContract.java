package org.secrethandshake.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.secrethandshake.testkit.Bytes.hex;
import static org.secrethandshake.testkit.Bytes.pattern;
import static org.secrethandshake.testkit.Bytes.withBitFlipped;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;

/** What a provider says of itself, its randomness, and its use by many threads. */
public abstract class ProviderContract {
  /** Called by subclasses. */
  protected ProviderContract() {}

  /** Returns the provider under test. */
  protected abstract CryptoProvider provider();

  @Test
  void hasAStableLowerCaseName() {
    String name = provider().name();

    assertTrue(name.matches("[a-z][a-z0-9-]*"), name);
    assertEquals(name, provider().name());
  }

  @Test
  void describesItselfInOneLine() {
    String description = provider().description();

    assertFalse(description.isBlank());
    assertEquals(1, description.lines().count(), description);
  }

  @Test
  void isAvailableAndRemembersIt() {
    Optional<Throwable> first = provider().unavailability();

    assertEquals(Optional.empty(), first);
    assertEquals(first, provider().unavailability());
  }

  @Test
  void isFoundByItsName() {
    String name = provider().name();

    assertTrue(
        ServiceLoader.load(CryptoProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .anyMatch(found -> found.name().equals(name)),
        () -> "no " + name + " in META-INF/services/" + CryptoProvider.class.getName());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 24, 32, 257, 4096})
  void fillsAnyLengthWithRandomBytes(int length) {
    byte[] out = new byte[length];

    provider().randomBytes(out);

    // The chance of a false alarm is 2^-128 and less: a run of 16 zeros at the end of 24 or more.
    boolean endsInZeros = hex(out).endsWith("00".repeat(16));
    assertFalse(endsInZeros, "the end of the array was not written");
  }

  @Test
  void drawsOtherRandomBytesEachTime() {
    Set<String> draws = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      byte[] out = new byte[16];
      provider().randomBytes(out);
      draws.add(hex(out));
    }
    assertEquals(1000, draws.size());
  }

  // Each thread has inputs of its own: state that they shared would not show with the same ones.
  @Test
  void givesEveryThreadItsOwnAnswers() {
    CryptoProvider crypto = provider();
    int threads = 8;
    List<String> alone =
        IntStream.range(0, threads).mapToObj(thread -> everything(crypto, thread)).toList();

    Together.run(
        threads,
        thread -> {
          for (int round = 0; round < 20; round++) {
            assertEquals(alone.get(thread), everything(crypto, thread));
          }
        });
  }

  // All threads verify with one key.
  @Test
  void givesEveryThreadTheAnswersOfOneVerifyKey() {
    CryptoProvider crypto = provider();
    byte[] seed = pattern(18, CryptoProvider.SEED_BYTES);
    byte[] publicKey = new byte[CryptoProvider.PUBLIC_KEY_BYTES];
    crypto.signPublicKey(seed, publicKey);
    VerifyKey key = crypto.verifyKey(publicKey).orElseThrow();

    Together.run(
        8,
        thread -> {
          byte[] message = pattern(thread, 100);
          byte[] signature = new byte[CryptoProvider.SIGNATURE_BYTES];
          crypto.sign(seed.clone(), publicKey.clone(), message, signature);
          for (int round = 0; round < 20; round++) {
            assertTrue(key.verify(message, signature));
            assertFalse(key.verify(withBitFlipped(message, round), signature));
          }
        });
  }

  private static String everything(CryptoProvider crypto, int label) {
    byte[] seed = pattern(label, CryptoProvider.SEED_BYTES);
    byte[] publicKey = new byte[CryptoProvider.PUBLIC_KEY_BYTES];
    byte[] out = new byte[CryptoProvider.HASH_BYTES];
    byte[] signature = new byte[CryptoProvider.SIGNATURE_BYTES];
    StringBuilder all = new StringBuilder();
    crypto.signPublicKey(seed, publicKey);
    crypto.sign(seed, publicKey, seed, signature);
    VerifyKey key = crypto.verifyKey(publicKey).orElseThrow();
    all.append(hex(signature)).append(key.verify(seed, signature));
    crypto.scalarMultBase(seed, out);
    all.append(hex(out)).append(crypto.scalarMult(seed, out, out.clone()));
    key.point(out);
    all.append(hex(out));
    crypto.signSeedToScalar(seed, out);
    all.append(hex(out));
    crypto.auth(seed, signature, out);
    all.append(hex(out));
    crypto.hash(signature, out);
    all.append(hex(out));
    try (SecretBox box = crypto.secretBox(seed)) {
      box.seal(pattern(1, SecretBox.NONCE_BYTES), signature, 0, 48);
    }
    return all.append(hex(signature)).toString();
  }
}
