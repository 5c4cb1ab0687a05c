package org.secrethandshake.conformance.report;

import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Bouncy Castle's own {@code Ed25519.verify} and {@code X25519.calculateAgreement}. */
record RawBouncyCastle() implements Column {
  @Override
  public String name() {
    return "Bouncy Castle";
  }

  @Override
  public boolean isOurs() {
    return false;
  }

  @Override
  public boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
    return Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
  }

  @Override
  public Optional<byte[]> agree(byte[] scalar, byte[] point) {
    byte[] shared = new byte[X25519.POINT_SIZE];
    return X25519.calculateAgreement(scalar, 0, point, 0, shared, 0)
        ? Optional.of(shared)
        : Optional.empty();
  }
}
