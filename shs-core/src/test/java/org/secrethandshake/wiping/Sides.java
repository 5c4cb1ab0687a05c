package org.secrethandshake.wiping;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Endpoint;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;

/** Both sides of one handshake. What configured them is closed. */
final class Sides {
  final ClientHandshake client;
  final ServerHandshake server;

  /** The message that was sent and not received. */
  byte[] onTheWay = {};

  private int sent;

  Sides(Cast cast) {
    this(cast, cast.server);
  }

  Sides(Cast cast, CryptoProvider serversCrypto) {
    NetworkKey network = cast.network();
    try (IdentityKeyPair alice = Props.identity(cast, cast.client);
        IdentityKeyPair bob = Props.identity(cast, serversCrypto);
        Endpoint clientEnd = new Endpoint(cast.client, network, alice);
        Endpoint serverEnd = new Endpoint(serversCrypto, network, bob)) {
      client = clientEnd.client(clientEnd.serverKey(bob.publicKey()));
      server = serverEnd.server();
    }
  }

  /** Runs the handshake until the nth message is on its way. */
  Sides until(int message) throws HandshakeException {
    while (sent < message) {
      if (sent > 0) {
        give(receiver(), onTheWay);
      }
      if (server.step() == Handshake.Step.AUTHORIZE) {
        server.accept();
      }
      sent++;
      onTheWay = take(sent % 2 == 1 ? client : server);
    }
    return this;
  }

  /** Who has not received the message on its way. */
  Handshake receiver() {
    return sent % 2 == 1 ? server : client;
  }

  /** Closes both. */
  void close() {
    client.close();
    server.close();
  }

  /** Takes the message that a side has ready. */
  static byte[] take(Handshake side) {
    byte[] message = new byte[side.bytesToSend()];
    side.send(ByteBuffer.wrap(message));
    return message;
  }

  static void give(Handshake side, byte[] message) throws HandshakeException {
    side.receive(ByteBuffer.wrap(message));
  }

  static void write(ByteChannel transport, byte[] message) throws IOException {
    transport.write(ByteBuffer.wrap(message));
  }
}
