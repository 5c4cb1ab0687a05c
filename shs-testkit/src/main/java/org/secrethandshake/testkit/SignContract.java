package org.secrethandshake.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.secrethandshake.testkit.Bytes.bytes;
import static org.secrethandshake.testkit.Bytes.hex;
import static org.secrethandshake.testkit.Bytes.pattern;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.spi.CryptoProvider;

/** Ed25519 key derivation and signing. */
public abstract class SignContract {

  /** Called by subclasses. */
  protected SignContract() {}

  /** Returns the provider under test. */
  protected abstract CryptoProvider provider();

  static List<List<String>> rfc8032() {
    return Vectors.rows("rfc8032.csv");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rfc8032")
  void derivesThePublicKeysOfRfc8032(List<String> row) {
    byte[] publicKey = pattern(9, CryptoProvider.PUBLIC_KEY_BYTES);

    provider().signPublicKey(bytes(row.get(1)), publicKey);

    assertEquals(row.get(2), hex(publicKey));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rfc8032")
  void givesTheSignaturesOfRfc8032(List<String> row) {
    byte[] signature = pattern(9, CryptoProvider.SIGNATURE_BYTES);

    provider().sign(bytes(row.get(1)), bytes(row.get(2)), bytes(row.get(3)), signature);

    assertEquals(row.get(4), hex(signature));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 96, 127, 128, 129, 65_536})
  void signsMessagesOfAnyLengthSoThatTheyVerify(int length) {
    byte[] message = pattern(2, length);

    byte[] signature = sign(message);

    assertTrue(provider().verifyKey(publicKey()).orElseThrow().verify(message, signature));
  }

  @Test
  void leavesItsInputsAsTheyWere() {
    byte[] seed = seed();
    byte[] publicKey = publicKey();
    byte[] message = pattern(2, 100);

    provider().signPublicKey(seed, new byte[CryptoProvider.PUBLIC_KEY_BYTES]);
    provider().sign(seed, publicKey, message, new byte[CryptoProvider.SIGNATURE_BYTES]);

    assertEquals(hex(seed()), hex(seed));
    assertEquals(hex(publicKey()), hex(publicKey));
    assertEquals(hex(pattern(2, 100)), hex(message));
  }

  @Test
  void refusesArraysOfAnotherLength() {
    CryptoProvider crypto = provider();
    byte[] key = publicKey();
    byte[] message = pattern(2, 3);
    byte[] signature = new byte[CryptoProvider.SIGNATURE_BYTES];

    Lengths.assertOnly(seed().length, "seed", wrong -> crypto.signPublicKey(wrong, key));
    Lengths.assertOnly(key.length, "publicKey", wrong -> crypto.signPublicKey(seed(), wrong));
    Lengths.assertOnly(seed().length, "seed", wrong -> crypto.sign(wrong, key, message, signature));
    Lengths.assertOnly(
        key.length, "publicKey", wrong -> crypto.sign(seed(), wrong, message, signature));
    Lengths.assertOnly(
        signature.length, "signature", wrong -> crypto.sign(seed(), key, message, wrong));
  }

  private byte[] publicKey() {
    byte[] publicKey = new byte[CryptoProvider.PUBLIC_KEY_BYTES];
    provider().signPublicKey(seed(), publicKey);
    return publicKey;
  }

  private byte[] sign(byte[] message) {
    byte[] signature = new byte[CryptoProvider.SIGNATURE_BYTES];
    provider().sign(seed(), publicKey(), message, signature);
    return signature;
  }

  private static byte[] seed() {
    return pattern(1, CryptoProvider.SEED_BYTES);
  }
}
