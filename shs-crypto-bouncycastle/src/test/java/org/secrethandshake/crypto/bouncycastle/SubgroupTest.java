package org.secrethandshake.crypto.bouncycastle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.secrethandshake.testkit.Edwards25519;

/**
 * The backend's check of keys against Bouncy Castle's own, which multiplies by the order of the
 * subgroup, on random encodings and on points of each torsion class.
 */
class SubgroupTest {
  private static final int POINTS = 20_000;
  private static final int CLASSES = 8;

  private final BouncyCastleCryptoProvider provider = new BouncyCastleCryptoProvider();
  private final Random random = new Random(25519);
  private Edwards25519 point = Edwards25519.BASE;

  @Test
  void acceptsTheKeysThatBouncyCastleAcceptsByMultiplying() {
    int valid = 0;
    for (int i = 0; i < POINTS; i++) {
      byte[] key = i % 2 == 0 ? randomEncoding() : nextOfClass(i / 2 % CLASSES);
      boolean expected = Ed25519.validatePublicKeyFull(key, 0);
      assertEquals(
          expected, provider.verifyKey(key).isPresent(), () -> HexFormat.of().formatHex(key));
      valid += expected ? 1 : 0;
    }
    assertTrue(valid > POINTS / 16, "only " + valid + " were valid");
  }

  private byte[] randomEncoding() {
    byte[] encoding = new byte[32];
    random.nextBytes(encoding);
    return encoding;
  }

  private byte[] nextOfClass(int torsion) {
    point = point.plus(Edwards25519.BASE);
    return point.plus(Edwards25519.TORSION.get(torsion)).encoding();
  }
}
