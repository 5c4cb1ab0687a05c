package org.secrethandshake.benchmarks.jmh;

import java.nio.ByteBuffer;
import org.openjdk.jmh.infra.Blackhole;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.Local;
import org.secrethandshake.handshake.Remote;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.spi.CryptoProvider;

/** A client and a server that meet on one thread, without a socket; the client keeps its remote. */
final class Sides implements AutoCloseable {
  private static final int LONGEST_MESSAGE_BYTES = 112;

  private final ByteBuffer wire = ByteBuffer.allocate(LONGEST_MESSAGE_BYTES);
  private final Local client;
  private final Local server;
  private final Remote remote;

  Sides(CryptoProvider clientCrypto, CryptoProvider serverCrypto) {
    try (IdentityKeyPair alice = IdentityKeyPair.generate(clientCrypto);
        IdentityKeyPair bob = IdentityKeyPair.generate(serverCrypto)) {
      client = new Local(clientCrypto, NetworkKey.SCUTTLEBUTT, alice);
      server = new Local(serverCrypto, NetworkKey.SCUTTLEBUTT, bob);
      remote = client.remote(bob.publicKey());
    }
  }

  ClientHandshake client() {
    return client.client(remote);
  }

  ServerHandshake server() {
    return server.server();
  }

  /** Puts the next message on the wire. */
  void send(Handshake from) {
    from.send(wire.clear());
  }

  /** Takes the message from the wire. */
  void receive(Handshake to) throws HandshakeException {
    to.receive(wire.flip());
  }

  /** A whole handshake; every one draws ephemeral keys of its own. */
  void handshake(Blackhole results) throws HandshakeException {
    try (ClientHandshake dialling = client();
        ServerHandshake answering = server()) {
      pass(dialling, answering);
      pass(answering, dialling);
      pass(dialling, answering);
      answering.accept();
      pass(answering, dialling);
      try (Session one = dialling.finish();
          Session other = answering.finish()) {
        results.consume(one);
        results.consume(other);
      }
    }
  }

  private void pass(Handshake from, Handshake to) throws HandshakeException {
    send(from);
    receive(to);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
