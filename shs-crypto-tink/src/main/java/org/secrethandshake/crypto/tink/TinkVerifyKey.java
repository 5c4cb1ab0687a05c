package org.secrethandshake.crypto.tink;

import java.util.Objects;
import org.secrethandshake.crypto.primitives.PrimeOrderPoint;
import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.VerifyKey;

/** A key of prime order, with which Tink verifies. */
final class TinkVerifyKey implements VerifyKey {
  private final Tink.Verifier tink;
  private final PrimeOrderPoint key;

  TinkVerifyKey(Tink.Verifier tink, PrimeOrderPoint key) {
    this.tink = tink;
    this.key = key;
  }

  @Override
  public boolean verify(byte[] message, byte[] signature) {
    Arguments.requireLength(signature, CryptoProvider.SIGNATURE_BYTES, "signature");
    Objects.requireNonNull(message);
    return TinkCalls.call("verify", () -> isValid(message, signature));
  }

  // Tink checks S < L, and compares R with what it computes, which is of prime order because the
  // key is, but may be the identity. The cheaper refusal goes first.
  private boolean isValid(byte[] message, byte[] signature) {
    return tink.verifies(message, signature) && PrimeOrderPoint.begins(signature);
  }

  @Override
  public void point(byte[] point) {
    Arguments.requireLength(point, CryptoProvider.POINT_BYTES, "point");
    key.montgomery(point);
  }
}
