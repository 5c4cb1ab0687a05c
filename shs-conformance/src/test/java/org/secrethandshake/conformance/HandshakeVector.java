package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.util.List;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.handshake.SessionKeys;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.ScriptedRandomness;

/** One whole handshake of the reference, as {@code interop/vectors/handshake.json} records it. */
record HandshakeVector(
    String name,
    boolean anonymous,
    byte[] networkKey,
    byte[] clientSeed,
    byte[] clientPublic,
    byte[] serverSeed,
    byte[] serverPublic,
    byte[] clientKxSk,
    byte[] serverKxSk,
    byte[] clientHello,
    byte[] serverHello,
    byte[] clientAuthenticate,
    byte[] serverAccept,
    byte[] clientToServerKey,
    byte[] clientToServerNonce,
    byte[] serverToClientKey,
    byte[] serverToClientNonce,
    byte[] clientGoodbye,
    byte[] serverGoodbye) {

  private record File(List<HandshakeVector> cases) {}

  static List<HandshakeVector> all() {
    return Json.read(Project.INTEROP.resolve("vectors/handshake.json"), File.class).cases();
  }

  ClientHandshake client(CryptoProvider crypto) {
    return Handshakes.client(
        new ScriptedRandomness(crypto, clientKxSk), networkKey, clientSeed, serverPublic);
  }

  ServerHandshake server(CryptoProvider crypto) {
    return Handshakes.server(new ScriptedRandomness(crypto, serverKxSk), networkKey, serverSeed);
  }

  void checkClient(Session session) {
    assertArrayEquals(serverPublic, session.peer().bytes(), name);
    try (SessionKeys keys = session.exportKeysUnsafe()) {
      check(clientToServerKey, keys.sendKey());
      check(clientToServerNonce, keys.sendNonce());
      check(serverToClientKey, keys.receiveKey());
      check(serverToClientNonce, keys.receiveNonce());
    }
    check(clientGoodbye, goodbye(session));
  }

  void checkServer(Session session) {
    assertArrayEquals(clientPublic, session.peer().bytes(), name);
    try (SessionKeys keys = session.exportKeysUnsafe()) {
      check(serverToClientKey, keys.sendKey());
      check(serverToClientNonce, keys.sendNonce());
      check(clientToServerKey, keys.receiveKey());
      check(clientToServerNonce, keys.receiveNonce());
    }
    check(serverGoodbye, goodbye(session));
  }

  void check(byte[] recorded, byte[] ours) {
    assertArrayEquals(recorded, ours, name);
  }

  private static byte[] goodbye(Session session) {
    byte[] goodbye = new byte[Boxer.GOODBYE_BYTES];
    try (Boxer boxer = session.boxer()) {
      boxer.goodbye(ByteBuffer.wrap(goodbye));
    }
    return goodbye;
  }

  @Override
  public String toString() {
    return name;
  }
}
