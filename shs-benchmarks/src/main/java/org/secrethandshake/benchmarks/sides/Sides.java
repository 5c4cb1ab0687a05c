package org.secrethandshake.benchmarks.sides;

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

/** A client and a server that meet on one thread, without a socket; the client keeps its remote. */
public final class Sides implements AutoCloseable {
  /** Room for any message of a handshake. */
  public static final int LONGEST_MESSAGE_BYTES = 112;

  private final ByteBuffer wire = ByteBuffer.allocate(LONGEST_MESSAGE_BYTES);
  private final Endpoint client;
  private final Endpoint server;
  private final ServerKey remote;

  /** Draws two identities and configures both sides. */
  public Sides(CryptoProvider clientCrypto, CryptoProvider serverCrypto) {
    try (IdentityKeyPair alice = IdentityKeyPair.generate(clientCrypto);
        IdentityKeyPair bob = IdentityKeyPair.generate(serverCrypto)) {
      client = new Endpoint(clientCrypto, NetworkKey.SCUTTLEBUTT, alice);
      server = new Endpoint(serverCrypto, NetworkKey.SCUTTLEBUTT, bob);
      remote = client.serverKey(bob.publicKey());
    }
  }

  /** Begins a handshake as client. */
  public ClientHandshake client() {
    return client.client(remote);
  }

  /** Begins a handshake as server. */
  public ServerHandshake server() {
    return server.server();
  }

  /** Puts the next message on the wire. */
  public void send(Handshake from) {
    from.send(wire.clear());
  }

  /** Takes the message from the wire. */
  public void receive(Handshake to) throws HandshakeException {
    to.receive(wire.flip());
  }

  /** A whole handshake; every one draws ephemeral keys of its own. The caller closes both ends. */
  public Met handshake() throws HandshakeException {
    try (ClientHandshake dialling = client();
        ServerHandshake answering = server()) {
      pass(dialling, answering);
      pass(answering, dialling);
      pass(dialling, answering);
      answering.accept();
      pass(answering, dialling);
      Met met = new Met(dialling.finish(), answering.finish());
      requireMet(met);
      return met;
    }
  }

  private void requireMet(Met met) {
    if (!met.client().peer().equals(remote.key()) || met.server().peer().equals(remote.key())) {
      throw new AssertionError("the handshake ended with the wrong peers");
    }
  }

  private void pass(Handshake from, Handshake to) throws HandshakeException {
    send(from);
    receive(to);
  }

  /** Wipes the keys of both. */
  @Override
  public void close() {
    client.close();
    server.close();
  }

  /**
   * The two ends of a finished handshake.
   *
   * @param client the client's session
   * @param server the server's session
   */
  public record Met(Session client, Session server) implements AutoCloseable {
    /** Wipes the keys of both sessions. */
    @Override
    public void close() {
      client.close();
      server.close();
    }
  }
}
