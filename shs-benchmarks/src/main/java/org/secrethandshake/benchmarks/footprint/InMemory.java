package org.secrethandshake.benchmarks.footprint;

import java.nio.ByteBuffer;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.Local;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.spi.CryptoProvider;

/** A handshake without a socket. */
final class InMemory {
  /** Room for any message of a handshake. */
  static final int MESSAGE_BYTES = 128;

  private InMemory() {}

  /** Draws two identities and runs one whole handshake between them, both sides. */
  static void handshake(CryptoProvider crypto) throws HandshakeException {
    try (IdentityKeyPair alice = IdentityKeyPair.generate(crypto);
        IdentityKeyPair bob = IdentityKeyPair.generate(crypto);
        Local client = new Local(crypto, NetworkKey.SCUTTLEBUTT, alice);
        Local server = new Local(crypto, NetworkKey.SCUTTLEBUTT, bob);
        ClientHandshake dialling = client.client(client.remote(bob.publicKey()));
        ServerHandshake answering = server.server()) {
      finish(dialling, answering);
    }
  }

  private static void finish(ClientHandshake dialling, ServerHandshake answering)
      throws HandshakeException {
    ByteBuffer wire = ByteBuffer.allocate(MESSAGE_BYTES);
    pass(dialling, answering, wire);
    pass(answering, dialling, wire);
    pass(dialling, answering, wire);
    answering.accept();
    pass(answering, dialling, wire);
    dialling.finish().close();
    try (Session session = answering.finish()) {
      session.peer();
    }
  }

  /** Hands one message over. */
  static void pass(Handshake from, Handshake to, ByteBuffer wire) throws HandshakeException {
    from.send(wire.clear());
    to.receive(wire.flip());
  }
}
