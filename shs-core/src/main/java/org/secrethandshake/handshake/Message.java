package org.secrethandshake.handshake;

import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;

/** The four messages and their lengths (protocol guide, "Handshake"). */
enum Message {
  /** {@code auth_K(a_p) | a_p}. */
  CLIENT_HELLO("clientHello", CryptoProvider.AUTH_BYTES + CryptoProvider.POINT_BYTES),

  /** {@code auth_K(b_p) | b_p}. */
  SERVER_HELLO("serverHello", CryptoProvider.AUTH_BYTES + CryptoProvider.POINT_BYTES),

  /** {@code box(H)} with {@code H = sign_A(...) | A_p}. */
  CLIENT_AUTHENTICATE(
      "clientAuthenticate",
      SecretBox.TAG_BYTES + CryptoProvider.SIGNATURE_BYTES + CryptoProvider.PUBLIC_KEY_BYTES),

  /** {@code box(sign_B(...))}. */
  SERVER_ACCEPT("serverAccept", SecretBox.TAG_BYTES + CryptoProvider.SIGNATURE_BYTES);

  private final String guideName;
  private final int length;

  Message(String guideName, int length) {
    this.guideName = guideName;
    this.length = length;
  }

  int length() {
    return length;
  }

  /** The name in the protocol guide's words. */
  @Override
  public String toString() {
    return guideName;
  }
}
