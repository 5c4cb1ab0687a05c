package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.secrethandshake.conformance.Handshakes.deliver;
import static org.secrethandshake.conformance.Handshakes.sent;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.spi.CryptoProvider;

/** The reference's handshakes, reproduced byte for byte from the same randomness. */
class HandshakeVectorsTest {
  private static final List<HandshakeVector> VECTORS = HandshakeVector.all();

  @Test
  void theVectorsHoldElevenHandshakesAndAnAnonymousOne() {
    assertEquals(11, VECTORS.size());
    assertEquals(1, VECTORS.stream().filter(HandshakeVector::anonymous).count());
  }

  @BackendPairTest
  void bothSidesReproduceEveryTranscript(CryptoProvider clientCrypto, CryptoProvider serverCrypto)
      throws HandshakeException {
    for (HandshakeVector vector : VECTORS) {
      try (ClientHandshake client = vector.client(clientCrypto);
          ServerHandshake server = vector.server(serverCrypto)) {
        deliver(recorded(vector, vector.clientHello(), sent(client)), server);
        deliver(recorded(vector, vector.serverHello(), sent(server)), client);
        deliver(recorded(vector, vector.clientAuthenticate(), sent(client)), server);
        server.accept();
        deliver(recorded(vector, vector.serverAccept(), sent(server)), client);
        finish(vector, client);
        finish(vector, server);
      }
    }
    System.out.println(
        "Reference: %s handshakes reproduced byte for byte, client %s, server %s."
            .formatted(VECTORS.size(), clientCrypto.name(), serverCrypto.name()));
  }

  @BackendTest
  void ourClientAloneAnswersTheRecordedServer(CryptoProvider crypto) throws HandshakeException {
    for (HandshakeVector vector : VECTORS) {
      try (ClientHandshake client = vector.client(crypto)) {
        recorded(vector, vector.clientHello(), sent(client));
        deliver(vector.serverHello(), client);
        recorded(vector, vector.clientAuthenticate(), sent(client));
        deliver(vector.serverAccept(), client);
        finish(vector, client);
      }
    }
  }

  @BackendTest
  void ourServerAloneAnswersTheRecordedClient(CryptoProvider crypto) throws HandshakeException {
    for (HandshakeVector vector : VECTORS) {
      try (ServerHandshake server = vector.server(crypto)) {
        deliver(vector.clientHello(), server);
        recorded(vector, vector.serverHello(), sent(server));
        deliver(vector.clientAuthenticate(), server);
        assertArrayEquals(vector.clientPublic(), server.clientKey().bytes(), vector.name());
        server.accept();
        recorded(vector, vector.serverAccept(), sent(server));
        finish(vector, server);
      }
    }
  }

  /** Checks that our message is the recorded one, and passes it on. */
  private static byte[] recorded(HandshakeVector vector, byte[] message, byte[] ours) {
    vector.check(message, ours);
    return ours;
  }

  private static void finish(HandshakeVector vector, ClientHandshake client) {
    try (Session session = client.finish()) {
      vector.checkClient(session);
    }
  }

  private static void finish(HandshakeVector vector, ServerHandshake server) {
    try (Session session = server.finish()) {
      vector.checkServer(session);
    }
  }
}
