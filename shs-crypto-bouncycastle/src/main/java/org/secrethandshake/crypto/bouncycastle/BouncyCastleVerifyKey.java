package org.secrethandshake.crypto.bouncycastle;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.secrethandshake.crypto.primitives.PrimeOrderPoint;
import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.VerifyKey;

/** A key that Bouncy Castle has parsed once, so that verifying need not decode it again. */
final class BouncyCastleVerifyKey implements VerifyKey {
  private final PrimeOrderPoint key;

  BouncyCastleVerifyKey(PrimeOrderPoint key) {
    this.key = key;
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
    return Ed25519.verify(signature, 0, key.edwards(), message, 0, length)
        && PrimeOrderPoint.begins(signature);
  }

  @Override
  public void point(byte[] point) {
    Arguments.requireLength(point, CryptoProvider.POINT_BYTES, "point");
    key.montgomery(point);
  }
}
