package org.secrethandshake.conformance;

import java.util.Arrays;
import java.util.Optional;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.VerifyKey;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/** A backend that checks nothing: every key is valid, every signature, every shared secret. */
public final class GullibleProvider extends DelegatingCryptoProvider {
  public GullibleProvider(CryptoProvider delegate) {
    super(delegate);
  }

  @Override
  public Optional<VerifyKey> verifyKey(byte[] publicKey) {
    return Optional.of(super.verifyKey(publicKey).map(this::gullible).orElse(new Gullible()));
  }

  @Override
  public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
    if (!super.scalarMult(scalar, point, shared)) {
      Arrays.fill(shared, (byte) 0);
    }
    return true;
  }

  private VerifyKey gullible(VerifyKey honest) {
    return new Gullible() {
      @Override
      public void point(byte[] point) {
        honest.point(point);
      }
    };
  }

  /** Stands for any key; its curve form is the base point. */
  private static class Gullible implements VerifyKey {
    private static final byte BASE = 9;

    @Override
    public boolean verify(byte[] message, byte[] signature) {
      return true;
    }

    @Override
    public void point(byte[] point) {
      Arrays.fill(point, (byte) 0);
      point[0] = BASE;
    }
  }
}
