package org.secrethandshake.handshake;

import java.security.MessageDigest;
import java.util.Arrays;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.spi.CryptoProvider;

/**
 * clientHello or serverHello: {@code auth_K(ephemeral key) | ephemeral key}.
 *
 * <p>The server's follows what every deployed implementation sends; the design paper keys its tag
 * with {@code K | ab} instead.
 */
final class Hello {
  private final byte[] bytes;

  private Hello(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Makes our hello around a fresh ephemeral key. */
  static Hello draw(KeySchedule keys) {
    byte[] ephemeral = keys.drawEphemeral();
    return new Hello(Bytes.concat(keys.helloTag(ephemeral), ephemeral));
  }

  /** Verifies the peer's hello. */
  static Hello verify(KeySchedule keys, Message message, byte[] bytes) throws HandshakeException {
    Hello hello = new Hello(bytes.clone());
    if (!MessageDigest.isEqual(keys.helloTag(hello.ephemeralKey()), hello.tag())) {
      throw new HandshakeException(
          Reason.WRONG_NETWORK,
          "The %s was not made with our network key: the peer belongs to another network, or does"
                  .formatted(message)
              + " not speak this protocol.");
    }
    return hello;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  byte[] ephemeralKey() {
    return Arrays.copyOfRange(bytes, CryptoProvider.AUTH_BYTES, bytes.length);
  }

  private byte[] tag() {
    return Arrays.copyOf(bytes, CryptoProvider.AUTH_BYTES);
  }
}
