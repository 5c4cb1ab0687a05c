package org.secrethandshake.benchmarks.beside;

import java.nio.ByteBuffer;
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

/** Both sides of a handshake on one thread, with a kept remote. */
final class WholeHandshake implements AutoCloseable {
  private static final int LONGEST_MESSAGE_AT_MOST = 256;

  private final Local client;
  private final Local server;
  private final Remote remote;
  private final ByteBuffer wire = ByteBuffer.allocate(LONGEST_MESSAGE_AT_MOST);

  WholeHandshake(CryptoProvider crypto) {
    try (IdentityKeyPair alice = IdentityKeyPair.generate(crypto);
        IdentityKeyPair bob = IdentityKeyPair.generate(crypto)) {
      client = new Local(crypto, NetworkKey.SCUTTLEBUTT, alice);
      server = new Local(crypto, NetworkKey.SCUTTLEBUTT, bob);
      remote = client.remote(bob.publicKey());
    }
  }

  void run() throws HandshakeException {
    try (ClientHandshake dialling = client.client(remote);
        ServerHandshake answering = server.server()) {
      pass(dialling, answering);
      pass(answering, dialling);
      pass(dialling, answering);
      answering.accept();
      pass(answering, dialling);
      try (Session one = dialling.finish();
          Session other = answering.finish()) {
        if (!one.peer().equals(remote.key()) || other.peer().equals(remote.key())) {
          throw new AssertionError("the handshake ended with the wrong peers");
        }
      }
    }
  }

  private void pass(Handshake from, Handshake to) throws HandshakeException {
    from.send(wire.clear());
    to.receive(wire.flip());
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
