package org.secrethandshake.conformance.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.secrethandshake.conformance.Handshakes.deliver;
import static org.secrethandshake.conformance.Handshakes.sent;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.conformance.BackendPairTest;
import org.secrethandshake.conformance.Backends;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.Handshakes;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;

/** Every backend as client with every backend as server. */
class MatrixTest {
  private static final int CONVERSATIONS = 25;

  /** The four messages and the two streams. */
  private static final int PARTS = 6;

  private static final byte[] NETWORK = seed(1);
  private static final byte[] CLIENT_SEED = seed(2);
  private static final byte[] SERVER_SEED = seed(3);

  @BackendPairTest
  void putTheSameBytesOnTheWireAsTheFirstPair(CryptoProvider client, CryptoProvider server)
      throws IOException {
    CryptoProvider first = Backends.list().get(0);
    for (long seed = 0; seed < CONVERSATIONS; seed++) {
      List<byte[]> expected = Conversation.wire(seed, first, first);
      List<byte[]> wire = Conversation.wire(seed, client, server);
      assertEquals(PARTS, wire.size());
      for (int part = 0; part < PARTS; part++) {
        assertArrayEquals(
            expected.get(part), wire.get(part), "conversation " + seed + ", part " + part);
      }
    }
    System.out.printf(
        "Matrix: %s conversations with the same bytes, client %s, server %s.%n",
        CONVERSATIONS, client.name(), server.name());
  }

  @BackendPairTest
  void refuseADamagedClientHelloForTheSameReason(CryptoProvider client, CryptoProvider server) {
    try (ClientHandshake from = client(client);
        ServerHandshake to = server(server)) {
      assertRefused(Reason.WRONG_NETWORK, from, to);
    }
  }

  @BackendPairTest
  void refuseADamagedServerHelloForTheSameReason(CryptoProvider client, CryptoProvider server)
      throws HandshakeException {
    try (ClientHandshake to = client(client);
        ServerHandshake from = server(server)) {
      deliver(sent(to), from);
      assertRefused(Reason.WRONG_NETWORK, from, to);
    }
  }

  @BackendPairTest
  void refuseADamagedClientAuthenticateForTheSameReason(
      CryptoProvider client, CryptoProvider server) throws HandshakeException {
    try (ClientHandshake from = client(client);
        ServerHandshake to = server(server)) {
      deliver(sent(from), to);
      deliver(sent(to), from);
      assertRefused(Reason.BAD_CLIENT_AUTH, from, to);
    }
  }

  @BackendPairTest
  void refuseADamagedServerAcceptForTheSameReason(CryptoProvider client, CryptoProvider server)
      throws HandshakeException {
    try (ClientHandshake to = client(client);
        ServerHandshake from = server(server)) {
      deliver(sent(to), from);
      deliver(sent(from), to);
      deliver(sent(to), from);
      from.accept();
      assertRefused(Reason.BAD_SERVER_ACCEPT, from, to);
    }
  }

  private static void assertRefused(Reason reason, Handshake from, Handshake to) {
    byte[] message = sent(from);
    message[0] ^= 1;
    HandshakeException refusal = assertThrows(HandshakeException.class, () -> deliver(message, to));
    assertEquals(reason, refusal.reason());
    assertEquals(Handshake.Step.FAILED, to.step());
  }

  private static ClientHandshake client(CryptoProvider crypto) {
    byte[] serverKey = new Formulas(crypto, NETWORK).publicKey(SERVER_SEED);
    return Handshakes.client(crypto, NETWORK, CLIENT_SEED, serverKey);
  }

  private static ServerHandshake server(CryptoProvider crypto) {
    return Handshakes.server(crypto, NETWORK, SERVER_SEED);
  }

  private static byte[] seed(int value) {
    byte[] seed = new byte[CryptoProvider.SEED_BYTES];
    Arrays.fill(seed, (byte) value);
    return seed;
  }
}
