package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Endpoint;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;

/** Makes handshakes without sockets, and carries their messages. */
public final class Handshakes {
  private static final int LONGEST_MESSAGE_BYTES = 112;

  private Handshakes() {}

  public static Endpoint local(CryptoProvider crypto, byte[] network, byte[] seed) {
    try (IdentityKeyPair identity = IdentityKeyPair.fromSeed(crypto, seed)) {
      return new Endpoint(crypto, NetworkKey.of(network), identity);
    }
  }

  public static ClientHandshake client(
      CryptoProvider crypto, byte[] network, byte[] seed, byte[] serverKey) {
    try (Endpoint local = local(crypto, network, seed)) {
      return local.client(local.serverKey(IdentityKey.of(serverKey)));
    }
  }

  public static ServerHandshake server(CryptoProvider crypto, byte[] network, byte[] seed) {
    try (Endpoint local = local(crypto, network, seed)) {
      return local.server();
    }
  }

  /** The message that a handshake has ready. */
  public static byte[] sent(Handshake handshake) {
    ByteBuffer message = ByteBuffer.allocate(LONGEST_MESSAGE_BYTES);
    handshake.send(message);
    byte[] bytes = new byte[message.flip().remaining()];
    message.get(bytes);
    return bytes;
  }

  /** Hands over one whole message, of which nothing may be left. */
  public static void deliver(byte[] message, Handshake handshake) throws HandshakeException {
    ByteBuffer src = ByteBuffer.wrap(message);
    assertTrue(handshake.receive(src), "the message completes what was awaited");
    assertFalse(src.hasRemaining(), "the message has just the awaited length");
  }
}
