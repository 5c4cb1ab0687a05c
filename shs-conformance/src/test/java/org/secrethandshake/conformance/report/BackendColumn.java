package org.secrethandshake.conformance.report;

import java.util.Optional;
import org.secrethandshake.spi.CryptoProvider;

/** One of our backends. */
record BackendColumn(CryptoProvider crypto) implements Column {
  @Override
  public String name() {
    return crypto.name();
  }

  @Override
  public boolean isOurs() {
    return true;
  }

  @Override
  public boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
    return crypto.verifyKey(publicKey).map(key -> key.verify(message, signature)).orElse(false);
  }

  @Override
  public Optional<byte[]> agree(byte[] scalar, byte[] point) {
    byte[] shared = new byte[CryptoProvider.POINT_BYTES];
    return crypto.scalarMult(scalar, point, shared) ? Optional.of(shared) : Optional.empty();
  }
}
