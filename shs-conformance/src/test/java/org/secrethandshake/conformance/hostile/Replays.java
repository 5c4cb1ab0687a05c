package org.secrethandshake.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.conformance.Handshakes;
import org.secrethandshake.conformance.Scene;
import org.secrethandshake.conformance.hostile.Recording.Cast;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Every message that was ever said, in every place of another session: of the same peers, with
 * their roles exchanged, of each with somebody else, of a peer with itself, and of the same peers
 * in another network.
 *
 * <p>A replayed hello is a hello, for it proves nothing but the network key; then nothing that was
 * recorded fits behind it.
 */
final class Replays {
  private static final byte[] OTHER_SEED = Scene.filled(0x09);
  private static final byte[] OTHER_NETWORK = Scene.filled(0x0a);
  private static final byte[] TEXT = new byte[200];

  private Replays() {}

  /**
   * What was recorded.
   *
   * @param isHello whether it proves that its sender holds the network key of the scene
   */
  private record Piece(byte[] bytes, boolean isHello) {
    /** As many bytes as are awaited. */
    byte[] fitting(Handshake awaiting) {
      return Arrays.copyOf(bytes, awaiting.bytesNeeded());
    }
  }

  static List<Attack> attacks() {
    return List.of(
        new Attack(
            "replay of every message of other sessions as clientHello, and of every other one"
                + " behind those that pass",
            "server",
            Replays::asClientHello),
        new Attack(
            "replay of every message of other sessions, and of its own, as clientAuthenticate",
            "server",
            Replays::asClientAuthenticate),
        new Attack(
            "replay of every message of other sessions as serverHello, and of every other one"
                + " behind those that pass",
            "client",
            Replays::asServerHello),
        new Attack(
            "replay of every message of other sessions, and of its own, as serverAccept",
            "client",
            Replays::asServerAccept));
  }

  private static void asClientHello(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Ours ours = new Ours(crypto);
    List<Piece> pieces = pieces(crypto);
    for (Piece hello : pieces) {
      if (!hello.isHello()) {
        try (ServerHandshake server = ours.server()) {
          byte[] message = hello.fitting(server);
          outcomes.addRefusal(Refusal.CLIENT_OF_ANOTHER_NETWORK, message, server);
        }
        continue;
      }
      for (Piece piece : pieces) {
        try (ServerHandshake server = ours.server()) {
          Handshakes.deliver(hello.bytes(), server);
          Handshakes.sent(server);
          outcomes.addRefusal(Refusal.CLIENT_BOX, piece.fitting(server), server);
        }
      }
    }
  }

  private static void asClientAuthenticate(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Ours ours = new Ours(crypto);
    for (Piece piece : pieces(crypto)) {
      try (ClientHandshake client = ours.client();
          ServerHandshake server = ours.server()) {
        exchangeHellos(client, server);
        outcomes.addRefusal(Refusal.CLIENT_BOX, piece.fitting(server), server);
      }
    }
    for (int own = 0; own < 2; own++) {
      try (ClientHandshake client = ours.client();
          ServerHandshake server = ours.server()) {
        Piece piece = exchangeHellos(client, server).get(own);
        outcomes.addRefusal(Refusal.CLIENT_BOX, piece.fitting(server), server);
      }
    }
  }

  private static void asServerHello(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Ours ours = new Ours(crypto);
    List<Piece> pieces = pieces(crypto);
    for (Piece hello : pieces) {
      if (!hello.isHello()) {
        try (ClientHandshake client = ours.client()) {
          Handshakes.sent(client);
          byte[] message = hello.fitting(client);
          outcomes.addRefusal(Refusal.SERVER_OF_ANOTHER_NETWORK, message, client);
        }
        continue;
      }
      for (Piece piece : pieces) {
        try (ClientHandshake client = ours.client()) {
          Handshakes.sent(client);
          Handshakes.deliver(hello.bytes(), client);
          Handshakes.sent(client);
          outcomes.addRefusal(Refusal.SERVER_BOX, piece.fitting(client), client);
        }
      }
    }
  }

  private static void asServerAccept(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Ours ours = new Ours(crypto);
    for (Piece piece : pieces(crypto)) {
      try (ClientHandshake client = ours.client();
          ServerHandshake server = ours.server()) {
        exchangeHellos(client, server);
        Handshakes.deliver(Handshakes.sent(client), server);
        outcomes.addRefusal(Refusal.SERVER_BOX, piece.fitting(client), client);
        assertEquals(Handshake.Step.AUTHORIZE, server.step());
      }
    }
    for (int own = 0; own < 3; own++) {
      try (ClientHandshake client = ours.client();
          ServerHandshake server = ours.server()) {
        List<Piece> said = exchangeHellos(client, server);
        said.add(new Piece(Handshakes.sent(client), false));
        outcomes.addRefusal(Refusal.SERVER_BOX, said.get(own).fitting(client), client);
      }
    }
  }

  /** Returns what was said. */
  private static List<Piece> exchangeHellos(ClientHandshake client, ServerHandshake server)
      throws HandshakeException {
    byte[] clientHello = Handshakes.sent(client);
    Handshakes.deliver(clientHello, server);
    byte[] serverHello = Handshakes.sent(server);
    Handshakes.deliver(serverHello, client);
    return new ArrayList<>(List.of(new Piece(clientHello, true), new Piece(serverHello, true)));
  }

  private static List<Piece> pieces(CryptoProvider crypto) throws HandshakeException {
    List<byte[][]> pairs =
        List.of(
            new byte[][] {Scene.CLIENT_SEED, Scene.SERVER_SEED},
            new byte[][] {Scene.SERVER_SEED, Scene.CLIENT_SEED},
            new byte[][] {Scene.CLIENT_SEED, OTHER_SEED},
            new byte[][] {OTHER_SEED, Scene.SERVER_SEED},
            new byte[][] {Scene.SERVER_SEED, Scene.SERVER_SEED});
    List<Piece> pieces = new ArrayList<>();
    int scalar = 0x10;
    for (byte[][] pair : pairs) {
      Cast cast = new Cast(pair[0], pair[1], Scene.filled(scalar++), Scene.filled(scalar++));
      add(Recording.of(crypto, cast, TEXT), true, pieces);
    }
    Cast first =
        new Cast(pairs.get(0)[0], pairs.get(0)[1], Scene.filled(scalar++), Scene.filled(scalar));
    add(Recording.of(crypto, OTHER_NETWORK, first, TEXT), false, pieces);
    return pieces;
  }

  private static void add(Recording recording, boolean ourNetwork, List<Piece> pieces) {
    pieces.add(new Piece(recording.clientHello(), ourNetwork));
    pieces.add(new Piece(recording.serverHello(), ourNetwork));
    pieces.add(new Piece(recording.clientAuthenticate(), false));
    pieces.add(new Piece(recording.serverAccept(), false));
    pieces.add(new Piece(recording.packet(), false));
    pieces.add(new Piece(recording.answer(), false));
  }
}
