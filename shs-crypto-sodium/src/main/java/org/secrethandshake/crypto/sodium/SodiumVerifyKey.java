package org.secrethandshake.crypto.sodium;

import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.VerifyKey;

/** A key that met the rule, with its X25519 form. */
final class SodiumVerifyKey implements VerifyKey {
  private final KeyRule rule;
  private final byte[] publicKey;
  private final byte[] montgomery;

  SodiumVerifyKey(KeyRule rule, byte[] publicKey, byte[] montgomery) {
    this.rule = rule;
    this.publicKey = publicKey;
    this.montgomery = montgomery;
  }

  @Override
  public boolean verify(byte[] message, byte[] signature) {
    Arguments.requireLength(signature, CryptoProvider.SIGNATURE_BYTES, "signature");
    return rule.verify(publicKey, message, signature);
  }

  @Override
  public void point(byte[] point) {
    Arguments.requireLength(point, CryptoProvider.POINT_BYTES, "point");
    System.arraycopy(montgomery, 0, point, 0, montgomery.length);
  }
}
