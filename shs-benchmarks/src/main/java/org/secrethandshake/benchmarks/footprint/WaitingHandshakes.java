package org.secrethandshake.benchmarks.footprint;

import java.nio.ByteBuffer;
import java.util.List;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.benchmarks.sides.Sides;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Endpoint;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A program that begins handshakes as server and leaves them where they wait for the
 * clientAuthenticate, and prints at each count a {@link Load}. Arguments: the backend, how many to
 * begin and close before, and the counts, ascending.
 */
final class WaitingHandshakes {
  private final Endpoint server;
  private final ByteBuffer clientHello;
  private final ByteBuffer serverHello = ByteBuffer.allocate(Sides.LONGEST_MESSAGE_BYTES);

  private WaitingHandshakes(Endpoint server, ByteBuffer clientHello) {
    this.server = server;
    this.clientHello = clientHello;
  }

  public static void main(String[] arguments) throws Exception {
    CryptoProvider crypto = Backend.named(arguments[0]);
    try (IdentityKeyPair identity = IdentityKeyPair.generate(crypto);
        Endpoint local = new Endpoint(crypto, NetworkKey.SCUTTLEBUTT, identity)) {
      ByteBuffer hello = ByteBuffer.allocate(Sides.LONGEST_MESSAGE_BYTES);
      try (ClientHandshake client = local.client(local.serverKey(identity.publicKey()))) {
        client.send(hello);
      }
      new WaitingHandshakes(local, hello.flip())
          .hold(Integer.parseInt(arguments[1]), Load.counts(arguments));
    }
  }

  private void hold(int first, List<Integer> counts) throws Exception {
    ServerHandshake[] held = new ServerHandshake[Load.most(counts)];
    for (int i = 0; i < first; i++) {
      begin().close();
    }
    MemoryReading before = MemoryReading.settled();
    int holding = 0;
    for (int count : counts) {
      for (; holding < count; holding++) {
        held[holding] = begin();
      }
      System.out.println(new Load(count, MemoryReading.settled().since(before)).line());
    }
    requireWaiting(held);
  }

  /** One hello serves all: that no client stands behind it shows in the next message only. */
  private ServerHandshake begin() throws HandshakeException {
    ServerHandshake handshake = server.server();
    handshake.receive(clientHello.rewind());
    handshake.send(serverHello.clear());
    return handshake;
  }

  /** Also keeps them from the collector until everything is read. */
  private static void requireWaiting(ServerHandshake[] held) {
    for (ServerHandshake handshake : held) {
      if (handshake.step() != Handshake.Step.RECEIVE) {
        throw new IllegalStateException("a handshake did not wait");
      }
    }
  }
}
