package org.secrethandshake.conformance.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.secrethandshake.conformance.Handshakes.deliver;
import static org.secrethandshake.conformance.Handshakes.sent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.Handshakes;
import org.secrethandshake.conformance.Pattern;
import org.secrethandshake.conformance.Streams;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.ScriptedRandomness;

/**
 * A handshake and both its streams, between two backends, with all randomness scripted: the same
 * script must put the same bytes on the wire whoever speaks.
 */
final class Conversation {
  /** Lengths of writes, on both sides of Poly1305's blocks and of packets. */
  private static final int[] WRITES = {1, 15, 16, 17, 4095, 4096, 4097, 8192, 8193, 12_289};

  /** Odd, so that headers and bodies arrive in pieces. */
  private static final int PIECE_BYTES = 1021;

  private final Random script;
  private final List<byte[]> wire = new ArrayList<>();

  private Conversation(long seed) {
    script = new Random(seed);
  }

  /**
   * Holds a whole conversation, which must succeed and deliver all that is written.
   *
   * @return the four messages, then the client's stream and the server's, each with its goodbye
   */
  static List<byte[]> wire(long seed, CryptoProvider client, CryptoProvider server)
      throws IOException {
    Conversation conversation = new Conversation(seed);
    conversation.hold(client, server);
    return conversation.wire;
  }

  private void hold(CryptoProvider clientCrypto, CryptoProvider serverCrypto) throws IOException {
    byte[] network = secret();
    byte[] clientSeed = secret();
    byte[] serverSeed = secret();
    ScriptedRandomness clientDraws = new ScriptedRandomness(clientCrypto, secret());
    ScriptedRandomness serverDraws = new ScriptedRandomness(serverCrypto, secret());
    byte[] serverKey = new Formulas(clientCrypto, network).publicKey(serverSeed);

    try (ClientHandshake client = Handshakes.client(clientDraws, network, clientSeed, serverKey);
        ServerHandshake server = Handshakes.server(serverDraws, network, serverSeed)) {
      deliver(recorded(sent(client)), server);
      deliver(recorded(sent(server)), client);
      deliver(recorded(sent(client)), server);
      server.accept();
      deliver(recorded(sent(server)), client);

      try (Session clientSession = client.finish();
          Session serverSession = server.finish()) {
        assertArrayEquals(serverKey, clientSession.peer().bytes());
        stream(clientSession, serverSession);
        stream(serverSession, clientSession);
      }
    }
    assertEquals(0, clientDraws.remaining() + serverDraws.remaining(), "one draw each");
  }

  private void stream(Session from, Session to) throws IOException {
    byte[] plaintext = new byte[0];
    byte[] stream = new byte[0];
    try (Boxer boxer = from.boxer();
        Unboxer unboxer = to.unboxer()) {
      for (int length : WRITES) {
        byte[] write = Pattern.bytes(length);
        plaintext = Formulas.concat(plaintext, write);
        stream = Formulas.concat(stream, Streams.box(boxer, write));
      }
      stream = Formulas.concat(stream, Streams.goodbye(boxer));
      ByteArrayOutputStream delivered = new ByteArrayOutputStream();
      Streams.unbox(unboxer, recorded(stream), piece -> PIECE_BYTES, delivered);
      assertArrayEquals(plaintext, delivered.toByteArray());
    }
  }

  private byte[] recorded(byte[] message) {
    wire.add(message);
    return message;
  }

  private byte[] secret() {
    byte[] bytes = new byte[CryptoProvider.SEED_BYTES];
    script.nextBytes(bytes);
    return bytes;
  }
}
