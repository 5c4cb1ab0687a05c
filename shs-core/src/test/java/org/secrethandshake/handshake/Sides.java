package org.secrethandshake.handshake;

import java.nio.ByteBuffer;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.spi.CryptoProvider;

/** A client and a server of one network, and the steps of their handshake. */
final class Sides {
  static final CryptoProvider CRYPTO = CryptoProviders.onlyInstalled();
  static final IdentityKeyPair ALICE = IdentityKeyPair.generate(CRYPTO);
  static final IdentityKeyPair BOB = IdentityKeyPair.generate(CRYPTO);

  final ClientHandshake client;
  final ServerHandshake server;

  Sides(Endpoint clientSide, Endpoint serverSide) {
    this(clientSide.client(clientSide.serverKey(BOB.publicKey())), serverSide.server());
  }

  Sides(ClientHandshake client, ServerHandshake server) {
    this.client = client;
    this.server = server;
  }

  static Sides ofOneNetwork() {
    return new Sides(side(ALICE), side(BOB));
  }

  static Endpoint side(IdentityKeyPair identity) {
    return new Endpoint(CRYPTO, NetworkKey.SCUTTLEBUTT, identity);
  }

  /** Takes the message that a side has ready. */
  static byte[] take(Handshake side) {
    ByteBuffer message = ByteBuffer.allocate(200);
    side.send(message);
    byte[] bytes = new byte[message.flip().remaining()];
    message.get(bytes);
    return bytes;
  }

  static boolean give(Handshake side, byte[] bytes) throws HandshakeException {
    return side.receive(ByteBuffer.wrap(bytes));
  }

  /** Runs the handshake until the given message is on its way, and returns it. */
  byte[] untilOnTheWay(Message message) throws HandshakeException {
    for (Message next : Message.values()) {
      byte[] bytes = take(sender(next));
      if (next == message) {
        return bytes;
      }
      give(receiver(next), bytes);
      if (next == Message.CLIENT_AUTHENTICATE) {
        server.accept();
      }
    }
    throw new AssertionError("no such message");
  }

  void run() throws HandshakeException {
    give(client, untilOnTheWay(Message.SERVER_ACCEPT));
  }

  Handshake sender(Message message) {
    return fromClient(message) ? client : server;
  }

  Handshake receiver(Message message) {
    return fromClient(message) ? server : client;
  }

  private static boolean fromClient(Message message) {
    return message == Message.CLIENT_HELLO || message == Message.CLIENT_AUTHENTICATE;
  }
}
