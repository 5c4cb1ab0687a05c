package org.secrethandshake.conformance;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.ScriptedRandomness;

/**
 * What passes over the wire in one conversation: the four messages and the client's first packet.
 * What did not come to pass is empty.
 */
record Recording(
    byte[] clientHello,
    byte[] serverHello,
    byte[] clientAuthenticate,
    byte[] serverAccept,
    byte[] packet) {
  private static final byte[] NOTHING = {};

  /** Who speaks: the seeds of both identities, and the ephemeral scalars of both sides. */
  record Cast(byte[] client, byte[] server, byte[] a, byte[] b) {}

  /** Client and server follow the protocol, and the client sends a text. */
  static Recording of(CryptoProvider crypto, Cast cast, byte[] text) throws HandshakeException {
    byte[] serverKey = Scene.formulas(crypto).publicKey(cast.server());
    try (ClientHandshake client =
            Handshakes.client(
                new ScriptedRandomness(crypto, cast.a()), Scene.NETWORK, cast.client(), serverKey);
        ServerHandshake server =
            Handshakes.server(
                new ScriptedRandomness(crypto, cast.b()), Scene.NETWORK, cast.server())) {
      byte[] clientHello = Handshakes.sent(client);
      Handshakes.deliver(clientHello, server);
      byte[] serverHello = Handshakes.sent(server);
      Handshakes.deliver(serverHello, client);
      byte[] clientAuthenticate = Handshakes.sent(client);
      Handshakes.deliver(clientAuthenticate, server);
      server.accept();
      byte[] serverAccept = Handshakes.sent(server);
      Handshakes.deliver(serverAccept, client);
      ByteBuffer packet = ByteBuffer.allocate(1024);
      try (Session session = client.finish()) {
        session.boxer().box(ByteBuffer.wrap(text), packet);
      }
      return new Recording(
          clientHello,
          serverHello,
          clientAuthenticate,
          serverAccept,
          Arrays.copyOf(packet.array(), packet.position()));
    }
  }

  /** The client reaches somebody who holds the network key and is not the server that it dials. */
  static Recording ofWrongNumber(CryptoProvider crypto, Cast cast) throws HandshakeException {
    Formulas formulas = Scene.formulas(crypto);
    try (ClientHandshake client =
        Handshakes.client(
            new ScriptedRandomness(crypto, cast.a()),
            Scene.NETWORK,
            cast.client(),
            formulas.publicKey(cast.server()))) {
      byte[] clientHello = Handshakes.sent(client);
      byte[] serverHello = formulas.hello(formulas.point(cast.b()));
      Handshakes.deliver(serverHello, client);
      return new Recording(clientHello, serverHello, Handshakes.sent(client), NOTHING, NOTHING);
    }
  }
}
