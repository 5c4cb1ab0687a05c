package org.secrethandshake.crypto.tink;

import java.util.Objects;
import org.secrethandshake.crypto.primitives.PrimeOrder;
import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.VerifyKey;

/** A key of prime order, with which Tink verifies. */
final class TinkVerifyKey implements VerifyKey {
  private final Tink.Verifier tink;
  private final byte[] montgomery;

  TinkVerifyKey(Tink.Verifier tink, byte[] montgomery) {
    this.tink = tink;
    this.montgomery = montgomery;
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
    return PrimeOrder.begins(signature) && tink.verifies(message, signature);
  }

  @Override
  public void point(byte[] point) {
    Arguments.requireLength(point, CryptoProvider.POINT_BYTES, "point");
    System.arraycopy(montgomery, 0, point, 0, montgomery.length);
  }
}
