package org.secrethandshake.benchmarks.jmh;

import java.nio.ByteBuffer;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Endpoint;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A client and a server that meet on one thread, without a socket; the client keeps the server's
 * parsed key, as one does that dials again.
 */
public final class Sides implements AutoCloseable {
  private static final int LONGEST_MESSAGE_BYTES = 112;

  private final ByteBuffer wire = ByteBuffer.allocate(LONGEST_MESSAGE_BYTES);
  private final Endpoint client;
  private final Endpoint server;
  private final ServerKey remote;

  public Sides(CryptoProvider crypto) {
    try (IdentityKeyPair alice = IdentityKeyPair.generate(crypto);
        IdentityKeyPair bob = IdentityKeyPair.generate(crypto)) {
      client = new Endpoint(crypto, NetworkKey.SCUTTLEBUTT, alice);
      server = new Endpoint(crypto, NetworkKey.SCUTTLEBUTT, bob);
      remote = client.serverKey(bob.publicKey());
    }
  }

  ClientHandshake client() {
    return client.client(remote);
  }

  ServerHandshake server() {
    return server.server();
  }

  void send(Handshake from) {
    from.send(wire.clear());
  }

  void receive(Handshake to) throws HandshakeException {
    to.receive(wire.flip());
  }

  /** A whole handshake, until both sides hold its keys, which are wiped then. */
  public void handshake() throws HandshakeException {
    try (ClientHandshake dialling = client();
        ServerHandshake answering = server()) {
      send(dialling);
      receive(answering);
      send(answering);
      receive(dialling);
      send(dialling);
      receive(answering);
      answering.accept();
      send(answering);
      receive(dialling);
      try (Session near = dialling.finish();
          Session far = answering.finish()) {
        if (!near.peer().equals(remote.key()) || far.peer().equals(remote.key())) {
          throw new AssertionError("the handshake ended with the wrong peers");
        }
      }
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
