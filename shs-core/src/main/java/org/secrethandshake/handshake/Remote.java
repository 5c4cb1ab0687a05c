package org.secrethandshake.handshake;

import org.secrethandshake.IdentityKey;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.VerifyKey;

/**
 * A server that can be dialled: its public key {@code B_p}, validated and parsed once.
 *
 * <p>Immutable, thread-safe, and worth keeping: every dial of the same server after the first saves
 * the validation and the conversion of its key.
 */
public final class Remote {
  private final IdentityKey key;
  private final VerifyKey verifyKey;
  private final byte[] point = new byte[CryptoProvider.POINT_BYTES];

  Remote(IdentityKey key, VerifyKey verifyKey) {
    this.key = key;
    this.verifyKey = verifyKey;
    verifyKey.point(point);
  }

  /** Returns the server's public key. */
  public IdentityKey key() {
    return key;
  }

  VerifyKey verifyKey() {
    return verifyKey;
  }

  /** {@code curve(B_p)}. */
  byte[] point() {
    return point.clone();
  }

  /** Says what this is, without the key. */
  @Override
  public String toString() {
    return "Remote";
  }
}
