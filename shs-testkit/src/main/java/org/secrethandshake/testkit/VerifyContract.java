package org.secrethandshake.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.secrethandshake.testkit.Bytes.bytes;
import static org.secrethandshake.testkit.Bytes.hex;
import static org.secrethandshake.testkit.Bytes.pattern;
import static org.secrethandshake.testkit.Bytes.withBitFlipped;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.VerifyKey;

/** Ed25519 key validation, verification, and the X25519 form of a key. */
public abstract class VerifyContract {

  private final byte[] publicKey = new byte[CryptoProvider.PUBLIC_KEY_BYTES];
  private final byte[] signature = new byte[CryptoProvider.SIGNATURE_BYTES];

  /** Called by subclasses. */
  protected VerifyContract() {}

  /** Returns the provider under test. */
  protected abstract CryptoProvider provider();

  @BeforeEach
  void signTheMessage() {
    provider().signPublicKey(seed(), publicKey);
    provider().sign(seed(), publicKey, message(), signature);
  }

  static List<List<String>> rfc8032() {
    return Vectors.rows("rfc8032.csv");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rfc8032")
  void acceptsTheSignaturesOfRfc8032(List<String> row) {
    VerifyKey key = provider().verifyKey(bytes(row.get(2))).orElseThrow();

    assertTrue(key.verify(bytes(row.get(3)), bytes(row.get(4))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("org.secrethandshake.testkit.SignatureVector#adversarial")
  void decidesByTheAcceptanceRule(SignatureVector vector) {
    assertEquals(vector.verdict(), vector.verdictOf(provider()), vector::name);
  }

  @Test
  void refusesASignatureWithAnyBitFlipped() {
    VerifyKey key = key();
    for (int bit = 0; bit < signature.length * Byte.SIZE; bit++) {
      assertFalse(key.verify(message(), withBitFlipped(signature, bit)), "bit " + bit);
    }
  }

  @Test
  void refusesAMessageWithAnyBitFlipped() {
    VerifyKey key = key();
    for (int bit = 0; bit < message().length * Byte.SIZE; bit++) {
      assertFalse(key.verify(withBitFlipped(message(), bit), signature), "bit " + bit);
    }
  }

  @Test
  void refusesAMessageOfAnotherLength() {
    assertFalse(key().verify(Arrays.copyOf(message(), message().length - 1), signature));
    assertFalse(key().verify(Arrays.copyOf(message(), message().length + 1), signature));
    assertFalse(key().verify(new byte[0], signature));
  }

  @Test
  void refusesTheSignatureOfAnotherKey() {
    byte[] other = new byte[CryptoProvider.PUBLIC_KEY_BYTES];
    provider().signPublicKey(pattern(5, CryptoProvider.SEED_BYTES), other);

    assertFalse(provider().verifyKey(other).orElseThrow().verify(message(), signature));
  }

  @Test
  void keepsItsOwnCopyOfTheKey() {
    VerifyKey key = provider().verifyKey(publicKey).orElseThrow();
    String point = point(key);
    Arrays.fill(publicKey, (byte) 0);

    assertTrue(key.verify(message(), signature));
    assertEquals(point, point(key));
  }

  @Test
  void leavesItsInputsAsTheyWere() {
    byte[] message = message();
    byte[] sameSignature = signature.clone();
    byte[] sameKey = publicKey.clone();

    provider().verifyKey(sameKey).orElseThrow().verify(message, sameSignature);

    assertEquals(hex(publicKey), hex(sameKey));
    assertEquals(hex(message()), hex(message));
    assertEquals(hex(signature), hex(sameSignature));
  }

  // Source of the known answer: libsodium, test/default/ed25519_convert.c and .exp.
  @Test
  void convertsTheKeyOfLibsodiumsTestToItsX25519Form() {
    byte[] seed = bytes("421151a459faeade3d247115f94aedae42318124095afabe4d1451a559faedee");
    provider().signPublicKey(seed, publicKey);

    assertEquals("f1814f0e8ff1043d8a44d25babff3cedcae6c22c3edaa48f857ae70de2baae50", point(key()));
  }

  @Test
  void givesAsX25519FormThePublicPointOfTheSecretForm() {
    byte[] scalar = new byte[CryptoProvider.SCALAR_BYTES];
    byte[] point = new byte[CryptoProvider.POINT_BYTES];
    provider().signSeedToScalar(seed(), scalar);
    provider().scalarMultBase(scalar, point);

    assertEquals(hex(point), point(key()));
  }

  @Test
  void isNotChangedByWritingToAPointItGave() {
    VerifyKey key = key();
    byte[] point = new byte[CryptoProvider.POINT_BYTES];
    key.point(point);
    String before = hex(point);
    Arrays.fill(point, (byte) 0);

    assertEquals(before, point(key));
  }

  @Test
  void refusesArraysOfAnotherLength() {
    VerifyKey key = key();
    Lengths.assertOnly(publicKey.length, "publicKey", provider()::verifyKey);
    Lengths.assertOnly(signature.length, "signature", wrong -> key.verify(message(), wrong));
    Lengths.assertOnly(CryptoProvider.POINT_BYTES, "point", key::point);
  }

  private VerifyKey key() {
    return provider().verifyKey(publicKey).orElseThrow();
  }

  private static String point(VerifyKey key) {
    byte[] point = new byte[CryptoProvider.POINT_BYTES];
    key.point(point);
    return hex(point);
  }

  private static byte[] seed() {
    return pattern(3, CryptoProvider.SEED_BYTES);
  }

  private static byte[] message() {
    return pattern(4, 100);
  }
}
