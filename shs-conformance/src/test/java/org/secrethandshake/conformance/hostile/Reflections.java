package org.secrethandshake.conformance.hostile;

import java.util.Arrays;
import java.util.List;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.Handshakes;
import org.secrethandshake.conformance.Scene;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.ScriptedRandomness;

/** What a side says is said to itself, or to another handshake of the same identity. */
final class Reflections {
  private static final int SESSIONS = 8;
  private static final int TOP_BIT = 0x80;
  private static final int SERVER_ACCEPT_BYTES = 80;
  private static final List<byte[]> DIALLED = List.of(Scene.SERVER_SEED, Scene.CLIENT_SEED);

  private Reflections() {}

  static List<Attack> attacks() {
    return List.of(
        new Attack(
            "reflection of its own hello, by a peer that it dials or dialling itself",
            "client",
            (crypto, outcomes) -> ownHello(crypto, 0, outcomes)),
        new Attack(
            "the same with the ignored top bit of the point flipped, under a new tag",
            "client",
            (crypto, outcomes) -> ownHello(crypto, TOP_BIT, outcomes)),
        new Attack(
            "a client that has the server's ephemeral key, with either top bit, and its secret",
            "server",
            Reflections::serversEphemeral),
        new Attack(
            "two clients that dial each other, or both themselves, connected to one another",
            "client",
            Reflections::twoClients));
  }

  private static void ownHello(CryptoProvider crypto, int flipped, Outcomes outcomes) {
    Formulas formulas = Scene.formulas(crypto);
    for (byte[] dialled : DIALLED) {
      for (int i = 0; i < SESSIONS; i++) {
        try (ClientHandshake client = client(crypto, Scene.CLIENT_SEED, dialled)) {
          byte[] point = Formulas.pointOf(Handshakes.sent(client));
          byte[] hello = formulas.hello(withFlipped(point, flipped));
          outcomes.addRefusal(Refusal.REFLECTED_BY_SERVER, hello, client);
        }
      }
    }
  }

  private static void serversEphemeral(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Formulas formulas = Scene.formulas(crypto);
    byte[] serverKey = formulas.publicKey(Scene.SERVER_SEED);
    for (int i = 1; i <= SESSIONS; i++) {
      byte[] scalar = Scene.filled(i);
      for (int flipped : new int[] {0, TOP_BIT}) {
        try (ServerHandshake server = Scene.server(new ScriptedRandomness(crypto, scalar))) {
          byte[] point = withFlipped(formulas.point(scalar), flipped);
          Handshakes.deliver(formulas.hello(point), server);
          byte[] serverHello = Handshakes.sent(server);
          Proof proof = Proof.ofClient(formulas, Scene.CLIENT_SEED, scalar, serverHello, serverKey);
          outcomes.addRefusal(Refusal.REFLECTED_BY_CLIENT, proof.message(), server);
        }
      }
    }
  }

  /** Each takes the other for a server; and 80 bytes of its clientAuthenticate for serverAccept. */
  private static void twoClients(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    for (byte[] other : DIALLED) {
      for (int offset = 0; offset <= Long.BYTES * 4; offset += Long.BYTES) {
        try (ClientHandshake left = client(crypto, Scene.CLIENT_SEED, other);
            ClientHandshake right = client(crypto, other, Scene.CLIENT_SEED)) {
          byte[] hello = Handshakes.sent(left);
          Handshakes.deliver(Handshakes.sent(right), left);
          Handshakes.deliver(hello, right);
          byte[] ofLeft = window(Handshakes.sent(left), offset);
          byte[] ofRight = window(Handshakes.sent(right), offset);
          outcomes.addRefusal(Refusal.SERVER_BOX, ofRight, left);
          outcomes.addRefusal(Refusal.SERVER_BOX, ofLeft, right);
        }
      }
    }
  }

  private static byte[] window(byte[] message, int offset) {
    return Arrays.copyOfRange(message, offset, offset + SERVER_ACCEPT_BYTES);
  }

  private static ClientHandshake client(CryptoProvider crypto, byte[] seed, byte[] dialled) {
    byte[] serverKey = Scene.formulas(crypto).publicKey(dialled);
    return Handshakes.client(crypto, Scene.NETWORK, seed, serverKey);
  }

  private static byte[] withFlipped(byte[] point, int bits) {
    byte[] changed = point.clone();
    changed[point.length - 1] ^= (byte) bits;
    return changed;
  }
}
