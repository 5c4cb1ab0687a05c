package org.secrethandshake.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.secrethandshake.testkit.Bytes.bytes;
import static org.secrethandshake.testkit.Bytes.hex;
import static org.secrethandshake.testkit.Bytes.pattern;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.spi.CryptoProvider;

/** X25519, and the X25519 form of an Ed25519 secret. */
public abstract class ScalarMultContract {
  private static final String NINE = "09" + "00".repeat(CryptoProvider.POINT_BYTES - 1);

  /** Called by subclasses. */
  protected ScalarMultContract() {}

  /** Returns the provider under test. */
  protected abstract CryptoProvider provider();

  // RFC 7748, section 5.2. The second point has its top bit set.
  @ParameterizedTest
  @CsvSource({
    "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4,"
        + "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c,"
        + "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
    "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d,"
        + "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493,"
        + "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
  })
  void multipliesAsInRfc7748(String scalar, String point, String shared) {
    assertEquals(shared, shared(bytes(scalar), bytes(point)));
  }

  // RFC 7748, section 5.2: k = x25519(k, u), u = the old k, from 9 on.
  @ParameterizedTest
  @CsvSource({
    "1, 422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079",
    "1000, 684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51",
  })
  void iteratesAsInRfc7748(int times, String last) {
    String scalar = NINE;
    String point = NINE;
    for (int i = 0; i < times; i++) {
      String shared = shared(bytes(scalar), bytes(point));
      point = scalar;
      scalar = shared;
    }
    assertEquals(last, scalar);
  }

  // RFC 7748, section 6.1.
  @Test
  void agreesAsInRfc7748() {
    byte[] a = bytes("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    byte[] b = bytes("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    String aPoint = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
    String bPoint = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";
    String secret = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";

    assertEquals(aPoint, basePoint(a));
    assertEquals(bPoint, basePoint(b));
    assertEquals(secret, shared(a, bytes(bPoint)));
    assertEquals(secret, shared(b, bytes(aPoint)));
  }

  @Test
  void multipliesTheBasePointAsAnyOther() {
    assertEquals(shared(scalar(), bytes(NINE)), basePoint(scalar()));
  }

  @Test
  void clampsTheScalar() {
    byte[] other = scalar();
    other[0] ^= 0b0000_0111;
    other[CryptoProvider.SCALAR_BYTES - 1] ^= (byte) 0b1100_0000;

    assertEquals(basePoint(scalar()), basePoint(other));
    assertEquals(shared(scalar(), bytes(NINE)), shared(other, bytes(NINE)));
  }

  @Test
  void ignoresTheTopBitOfThePoint() {
    byte[] point = bytes(basePoint(scalar()));
    byte[] other = point.clone();
    other[CryptoProvider.POINT_BYTES - 1] ^= (byte) 0b1000_0000;

    assertEquals(shared(scalar(), point), shared(scalar(), other));
  }

  // RFC 7748, section 5: implementations must accept u from p on, and reduce it.
  @Test
  void reducesAPointThatIsNotCanonical() {
    String pPlusNine = "f6" + "ff".repeat(CryptoProvider.POINT_BYTES - 2) + "7f";

    assertEquals(shared(scalar(), bytes(NINE)), shared(scalar(), bytes(pPlusNine)));
  }

  static List<List<String>> lowOrder() {
    return Vectors.rows("x25519-low-order.csv");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lowOrder")
  void refusesAnAllZeroResult(List<String> row) {
    byte[] shared = new byte[CryptoProvider.POINT_BYTES];

    assertFalse(
        provider().scalarMult(scalar(), bytes(row.get(1)), shared),
        "an all-zero result was taken for a shared secret");
  }

  // Source of the known answer: libsodium, test/default/ed25519_convert.c and .exp.
  @Test
  void convertsTheSeedOfLibsodiumsTestToItsScalar() {
    byte[] seed = bytes("421151a459faeade3d247115f94aedae42318124095afabe4d1451a559faedee");
    byte[] scalar = pattern(9, CryptoProvider.SCALAR_BYTES);

    provider().signSeedToScalar(seed, scalar);

    assertEquals("8052030376d47112be7f73ed7a019293dd12ad910b654455798b4667d73de166", hex(scalar));
  }

  @Test
  void leavesItsInputsAsTheyWere() {
    byte[] scalar = scalar();
    byte[] point = pattern(6, CryptoProvider.POINT_BYTES);

    provider().scalarMultBase(scalar, new byte[CryptoProvider.POINT_BYTES]);
    shared(scalar, point);
    provider().signSeedToScalar(scalar, new byte[CryptoProvider.SCALAR_BYTES]);

    assertEquals(hex(scalar()), hex(scalar));
    assertEquals(hex(pattern(6, CryptoProvider.POINT_BYTES)), hex(point));
  }

  @Test
  void refusesArraysOfAnotherLength() {
    CryptoProvider crypto = provider();
    byte[] point = bytes(NINE);
    byte[] shared = new byte[CryptoProvider.POINT_BYTES];
    int bytes = CryptoProvider.POINT_BYTES;

    Lengths.assertOnly(bytes, "scalar", wrong -> crypto.scalarMultBase(wrong, shared));
    Lengths.assertOnly(bytes, "point", wrong -> crypto.scalarMultBase(scalar(), wrong));
    Lengths.assertOnly(bytes, "scalar", wrong -> crypto.scalarMult(wrong, point, shared));
    Lengths.assertOnly(bytes, "point", wrong -> crypto.scalarMult(scalar(), wrong, shared));
    Lengths.assertOnly(bytes, "shared", wrong -> crypto.scalarMult(scalar(), point, wrong));
    Lengths.assertOnly(bytes, "seed", wrong -> crypto.signSeedToScalar(wrong, shared));
    Lengths.assertOnly(bytes, "scalar", wrong -> crypto.signSeedToScalar(scalar(), wrong));
  }

  private String basePoint(byte[] scalar) {
    byte[] point = pattern(9, CryptoProvider.POINT_BYTES);
    provider().scalarMultBase(scalar, point);
    return hex(point);
  }

  private String shared(byte[] scalar, byte[] point) {
    byte[] shared = pattern(9, CryptoProvider.POINT_BYTES);
    assertTrue(provider().scalarMult(scalar, point, shared));
    return hex(shared);
  }

  private static byte[] scalar() {
    return pattern(5, CryptoProvider.SCALAR_BYTES);
  }
}
