package org.secrethandshake.conformance.hostile;

import org.secrethandshake.HandshakeException;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.Handshakes;
import org.secrethandshake.conformance.Scene;
import org.secrethandshake.conformance.Streams;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.ScriptedRandomness;

/**
 * What passes over the wire in one conversation: the four messages and the first packet of each
 * side, the client's and the server's answer. What did not come to pass is empty.
 */
record Recording(
    byte[] clientHello,
    byte[] serverHello,
    byte[] clientAuthenticate,
    byte[] serverAccept,
    byte[] packet,
    byte[] answer) {
  private static final byte[] NOTHING = {};

  /** Who speaks: the seeds of both identities, and the ephemeral scalars of both sides. */
  record Cast(byte[] client, byte[] server, byte[] a, byte[] b) {}

  /** Client and server follow the protocol, and each sends a text. */
  static Recording of(CryptoProvider crypto, Cast cast, byte[] text) throws HandshakeException {
    return of(crypto, Scene.NETWORK, cast, text);
  }

  /** The same in any network. */
  static Recording of(CryptoProvider crypto, byte[] network, Cast cast, byte[] text)
      throws HandshakeException {
    byte[] serverKey = Scene.formulas(crypto).publicKey(cast.server());
    try (ClientHandshake client =
            Handshakes.client(
                new ScriptedRandomness(crypto, cast.a()), network, cast.client(), serverKey);
        ServerHandshake server =
            Handshakes.server(new ScriptedRandomness(crypto, cast.b()), network, cast.server())) {
      byte[] clientHello = Handshakes.sent(client);
      Handshakes.deliver(clientHello, server);
      byte[] serverHello = Handshakes.sent(server);
      Handshakes.deliver(serverHello, client);
      byte[] clientAuthenticate = Handshakes.sent(client);
      Handshakes.deliver(clientAuthenticate, server);
      server.accept();
      byte[] serverAccept = Handshakes.sent(server);
      Handshakes.deliver(serverAccept, client);
      return new Recording(
          clientHello,
          serverHello,
          clientAuthenticate,
          serverAccept,
          packet(client, text),
          packet(server, text));
    }
  }

  private static byte[] packet(Handshake done, byte[] text) {
    try (Session session = done.finish();
        Boxer boxer = session.boxer()) {
      return Streams.box(boxer, text);
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
      return new Recording(
          clientHello, serverHello, Handshakes.sent(client), NOTHING, NOTHING, NOTHING);
    }
  }
}
