package org.secrethandshake.conformance.hostile;

import static org.secrethandshake.conformance.hostile.Proof.Part.BOX_AB;
import static org.secrethandshake.conformance.hostile.Proof.Part.BOX_A_SERVER;
import static org.secrethandshake.conformance.hostile.Proof.Part.BOX_CLIENT_B;
import static org.secrethandshake.conformance.hostile.Proof.Part.BOX_NETWORK;
import static org.secrethandshake.conformance.hostile.Proof.Part.CLAIMED;
import static org.secrethandshake.conformance.hostile.Proof.Part.SIGNED_AB;
import static org.secrethandshake.conformance.hostile.Proof.Part.SIGNED_NETWORK;
import static org.secrethandshake.conformance.hostile.Proof.Part.SIGNED_PEER;
import static org.secrethandshake.conformance.hostile.Proof.Part.SIGNER;

import java.util.List;
import java.util.Map;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.Handshakes;
import org.secrethandshake.conformance.Scene;
import org.secrethandshake.conformance.hostile.Insider.Met;
import org.secrethandshake.conformance.hostile.Proof.Part;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;

/** Messages made for another network, and proofs of which one part is that of another session. */
final class Networks {
  private static final byte[] OTHER_NETWORK = Scene.filled(0x0a);
  private static final byte[] OTHER_SEED = Scene.filled(0x0d);
  private static final byte[] OTHER_SECRET = Scene.filled(0x0e);

  private Networks() {}

  static List<Attack> attacks() {
    return List.of(
        new Attack(
            "a hello of each network whose key differs in one bit",
            "server",
            Networks::clientsHello),
        new Attack(
            "a hello of each network whose key differs in one bit",
            "client",
            Networks::serversHello),
        new Attack(
            "a man in the middle who holds the keys of both networks makes the hellos fit",
            "server",
            Networks::bridge),
        new Attack(
            "clientAuthenticate of which one part is left out, or is that of another network, server,"
                + " client or session",
            "server",
            Networks::clientsParts),
        new Attack(
            "serverAccept of which one part is left out, or is that of another network, server,"
                + " client or session",
            "client",
            Networks::serversParts));
  }

  private static void clientsHello(CryptoProvider crypto, Outcomes outcomes) {
    Ours ours = new Ours(crypto);
    for (int bit = 0; bit < Scene.NETWORK.length * Byte.SIZE; bit++) {
      try (ServerHandshake server = ours.server()) {
        byte[] hello = helloOfNeighbour(crypto, bit);
        outcomes.addRefusal(Refusal.CLIENT_OF_ANOTHER_NETWORK, hello, server);
      }
    }
  }

  private static void serversHello(CryptoProvider crypto, Outcomes outcomes) {
    Ours ours = new Ours(crypto);
    for (int bit = 0; bit < Scene.NETWORK.length * Byte.SIZE; bit++) {
      try (ClientHandshake client = ours.client()) {
        Handshakes.sent(client);
        byte[] hello = helloOfNeighbour(crypto, bit);
        outcomes.addRefusal(Refusal.SERVER_OF_ANOTHER_NETWORK, hello, client);
      }
    }
  }

  private static byte[] helloOfNeighbour(CryptoProvider crypto, int bit) {
    byte[] network = Scene.NETWORK.clone();
    network[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    return new Insider(new Formulas(crypto, network), OTHER_SEED, Insider.SCALAR).hello();
  }

  private static void bridge(CryptoProvider crypto, Outcomes outcomes) throws HandshakeException {
    Formulas clients = Scene.formulas(crypto);
    Formulas servers = new Formulas(crypto, OTHER_NETWORK);
    try (ClientHandshake client = Scene.client(crypto);
        ServerHandshake server = Handshakes.server(crypto, OTHER_NETWORK, Scene.SERVER_SEED)) {
      byte[] a = Formulas.pointOf(Handshakes.sent(client));
      Handshakes.deliver(servers.hello(a), server);
      byte[] b = Formulas.pointOf(Handshakes.sent(server));
      Handshakes.deliver(clients.hello(b), client);
      outcomes.addRefusal(Refusal.CLIENT_BOX, Handshakes.sent(client), server);
    }
  }

  private static void clientsParts(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Ours ours = new Ours(crypto);
    Formulas formulas = Scene.formulas(crypto);
    Map<Part, byte[]> replaced =
        Map.of(
            BOX_NETWORK, OTHER_NETWORK,
            BOX_AB, OTHER_SECRET,
            BOX_A_SERVER, OTHER_SECRET,
            SIGNED_NETWORK, OTHER_NETWORK,
            SIGNED_PEER, formulas.publicKey(OTHER_SEED),
            SIGNED_AB, OTHER_SECRET,
            SIGNER, OTHER_SEED,
            CLAIMED, formulas.publicKey(OTHER_SEED));
    for (Part part : replaced.keySet()) {
      for (byte[] value : insteadOf(part, replaced)) {
        try (ServerHandshake server = ours.server()) {
          byte[] message = honestClient(crypto, server).with(part, value).message();
          Refusal expected = part.isOfTheBox() ? Refusal.CLIENT_BOX : Refusal.CLIENT_SIGNATURE;
          outcomes.addRefusal(expected, message, server);
        }
      }
    }
    try (ServerHandshake server = ours.server()) {
      Handshakes.deliver(honestClient(crypto, server).message(), server);
    }
  }

  /** Another value of a part; and nothing, where it can be left out. */
  private static List<byte[]> insteadOf(Part part, Map<Part, byte[]> replaced) {
    return part == SIGNER || part == CLAIMED
        ? List.of(replaced.get(part))
        : List.of(replaced.get(part), new byte[0]);
  }

  private static Proof honestClient(CryptoProvider crypto, ServerHandshake server)
      throws HandshakeException {
    Insider client = Insider.of(crypto, Scene.CLIENT_SEED);
    byte[] serverKey = Scene.formulas(crypto).publicKey(Scene.SERVER_SEED);
    return client.asClient(client.helloOf(server), serverKey);
  }

  private static void serversParts(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Ours ours = new Ours(crypto);
    Map<Part, byte[]> replaced =
        Map.of(
            BOX_NETWORK, OTHER_NETWORK,
            BOX_AB, OTHER_SECRET,
            BOX_A_SERVER, OTHER_SECRET,
            BOX_CLIENT_B, OTHER_SECRET,
            SIGNED_NETWORK, OTHER_NETWORK,
            SIGNED_PEER, proofOfAnotherSession(crypto),
            SIGNED_AB, OTHER_SECRET,
            SIGNER, OTHER_SEED);
    for (Part part : replaced.keySet()) {
      for (byte[] value : insteadOf(part, replaced)) {
        try (ClientHandshake client = ours.client()) {
          byte[] message = honestServer(crypto, client).with(part, value).message();
          Refusal expected = part.isOfTheBox() ? Refusal.SERVER_BOX : Refusal.SERVER_SIGNATURE;
          outcomes.addRefusal(expected, message, client);
        }
      }
    }
    try (ClientHandshake client = ours.client()) {
      Handshakes.deliver(honestServer(crypto, client).message(), client);
    }
  }

  private static Proof honestServer(CryptoProvider crypto, ClientHandshake client)
      throws HandshakeException {
    Insider server = Insider.of(crypto, Scene.SERVER_SEED);
    Met met = server.meet(client);
    return server.asServer(met.hello(), server.read(met));
  }

  private static byte[] proofOfAnotherSession(CryptoProvider crypto) throws HandshakeException {
    Insider server = Insider.of(crypto, Scene.SERVER_SEED);
    try (ClientHandshake client = Scene.client(crypto)) {
      return server.read(server.meet(client));
    }
  }
}
