package org.secrethandshake.conformance.hostile;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.conformance.CraftedClient;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.Handshakes;
import org.secrethandshake.conformance.Scene;
import org.secrethandshake.conformance.UnsafeEncodings;
import org.secrethandshake.conformance.matrix.Cases;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.Edwards25519;

/** The attack of Cremers and Jackson (eprint 2019/526), whole and in its parts. */
final class LowOrder {
  private static final int TOP_BIT = 0x80;

  /** All encodings of the points of which every multiple is zero. */
  static final List<byte[]> EPHEMERALS = ephemerals();

  /** Identities for which one signature fits many messages, or all. */
  private static final List<byte[]> IDENTITIES =
      Edwards25519.TORSION.stream().map(Edwards25519::encoding).toList();

  /** {@code R | S} with {@code R = [S]B} and {@code S = 1}: it holds wherever {@code [h]A = 0}. */
  private static final byte[] SIGNATURE_OF_ANY_MESSAGE =
      Formulas.concat(Edwards25519.BASE.encoding(), Edwards25519.littleEndian(BigInteger.ONE));

  private LowOrder() {}

  static List<Attack> attacks() {
    return List.of(
        new Attack(
            "low-order ephemeral key and small-order identity with a signature of any message, by"
                + " a client that does not know the server's key",
            "server",
            LowOrder::forgery),
        new Attack(
            "small-order identity with a signature of any message",
            "server",
            LowOrder::smallOrderIdentity),
        new Attack(
            "low-order ephemeral key, under the client's own identity",
            "server",
            LowOrder::lowOrderClient),
        new Attack("low-order ephemeral key", "client", LowOrder::lowOrderServer));
  }

  private static void forgery(CryptoProvider crypto, Outcomes outcomes) throws HandshakeException {
    CraftedClient client = new CraftedClient(crypto);
    for (Ours ours : Ours.credulousToo(crypto)) {
      for (byte[] ephemeral : EPHEMERALS) {
        for (byte[] identity : IDENTITIES) {
          try (ServerHandshake server = ours.server()) {
            client.exchangeHellosAround(ephemeral, server);
            byte[] forged = client.authenticate(SIGNATURE_OF_ANY_MESSAGE, identity);
            outcomes.addRefusal(Refusal.LOW_ORDER_OF_CLIENT, forged, server);
          }
        }
      }
    }
  }

  private static void smallOrderIdentity(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    CraftedClient client = new CraftedClient(crypto);
    for (Ours ours : Ours.credulousToo(crypto)) {
      for (byte[] identity : IDENTITIES) {
        try (ServerHandshake server = ours.server()) {
          client.exchangeHellos(server);
          byte[] forged = client.authenticate(SIGNATURE_OF_ANY_MESSAGE, identity);
          outcomes.addRefusal(Refusal.CLIENT_KEY, forged, server);
        }
      }
    }
  }

  private static void lowOrderClient(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    byte[] key = Scene.formulas(crypto).publicKey(Scene.CLIENT_SEED);
    for (Ours ours : Ours.credulousToo(crypto)) {
      for (byte[] ephemeral : EPHEMERALS) {
        CraftedClient client = new CraftedClient(crypto);
        try (ServerHandshake server = ours.server()) {
          client.exchangeHellosAround(ephemeral, server);
          byte[] proof = client.authenticate(client.signature(Scene.CLIENT_SEED), key);
          outcomes.addRefusal(Refusal.LOW_ORDER_OF_CLIENT, proof, server);
        }
      }
    }
  }

  private static void lowOrderServer(CryptoProvider crypto, Outcomes outcomes) {
    for (Ours ours : Ours.credulousToo(crypto)) {
      for (byte[] ephemeral : EPHEMERALS) {
        try (ClientHandshake client = ours.client()) {
          Handshakes.sent(client);
          byte[] hello = Scene.formulas(crypto).hello(ephemeral);
          outcomes.addRefusal(Refusal.LOW_ORDER_OF_SERVER, hello, client);
        }
      }
    }
  }

  private static List<byte[]> ephemerals() {
    // p and p + 1 stand for 0 and 1; the list has each with and without its top bit.
    Stream<byte[]> notReduced = UnsafeEncodings.notCanonical().stream().limit(4);
    List<byte[]> ephemerals = new ArrayList<>(notReduced.toList());
    for (byte[] point : Cases.LOW_ORDER_POINTS) {
      byte[] withTopBit = point.clone();
      withTopBit[point.length - 1] |= (byte) TOP_BIT;
      ephemerals.add(point);
      ephemerals.add(withTopBit);
    }
    return ephemerals;
  }
}
