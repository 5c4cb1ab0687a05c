package org.secrethandshake.handshake;

import org.secrethandshake.IdentityKey;
import org.secrethandshake.spi.VerifyKey;

/**
 * The key of a server that can be dialled: {@code B_p}, validated and parsed once.
 *
 * <p>Immutable, thread-safe, and worth keeping: every dial of the same server after the first saves
 * the validation and the conversion of its key. Made by {@link Endpoint#serverKey}, for handshakes
 * over the same crypto backend.
 */
public final class ServerKey {
  private final IdentityKey key;
  private final VerifyKey verifyKey;
  private final byte[] point;

  ServerKey(IdentityKey key, VerifyKey verifyKey) {
    this.key = key;
    this.verifyKey = verifyKey;
    this.point = Notation.curve(verifyKey);
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
    return "ServerKey";
  }
}
