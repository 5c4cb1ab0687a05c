package org.secrethandshake.crypto.bouncycastle;

import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;
import org.secrethandshake.crypto.primitives.PrimeOrder;
import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.VerifyKey;

/** A key that met the rule, parsed once by Bouncy Castle, so that verifying need not decode it. */
final class BouncyCastleVerifyKey implements VerifyKey {
  private final PublicPoint edwards;
  private final byte[] montgomery;

  private BouncyCastleVerifyKey(PublicPoint edwards, byte[] montgomery) {
    this.edwards = edwards;
    this.montgomery = montgomery;
  }

  /** Decodes a key; empty if the rule refuses it. */
  static Optional<VerifyKey> decode(byte[] publicKey) {
    return PrimeOrder.toMontgomery(publicKey)
        .map(montgomery -> new BouncyCastleVerifyKey(parsed(publicKey), montgomery));
  }

  // Both decode, so a point that only one of them finds on the curve is a fault.
  private static PublicPoint parsed(byte[] publicKey) {
    PublicPoint point = Ed25519.validatePublicKeyPartialExport(publicKey, 0);
    if (point == null) {
      throw new IllegalStateException("Bouncy Castle cannot decode a point of prime order");
    }
    return point;
  }

  @Override
  public boolean verify(byte[] message, byte[] signature) {
    Arguments.requireLength(signature, CryptoProvider.SIGNATURE_BYTES, "signature");
    int length = message.length;
    return BouncyCastleCalls.call("verify", () -> isValid(message, length, signature));
  }

  // Bouncy Castle checks S < L and the cofactored equation, which lets R + T pass. With A and R
  // both of prime order the two equations say the same. The cheaper refusal goes first.
  private boolean isValid(byte[] message, int length, byte[] signature) {
    return PrimeOrder.begins(signature)
        && Ed25519.verify(signature, 0, edwards, message, 0, length);
  }

  @Override
  public void point(byte[] point) {
    Arguments.requireLength(point, CryptoProvider.POINT_BYTES, "point");
    System.arraycopy(montgomery, 0, point, 0, montgomery.length);
  }
}
