package org.secrethandshake.conformance.hostile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.Handshakes;
import org.secrethandshake.conformance.Scene;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.spi.CryptoProvider;

/** Packets put where they were not sent: elsewhere in their stream, or in another one. */
final class Splices {
  private static final int HEADER_BYTES = Boxer.GOODBYE_BYTES;
  private static final String RECEIVER = "receiver";

  private Splices() {}

  static List<Attack> attacks() {
    return List.of(
        new Attack("packets in every other order", RECEIVER, Splices::reordering),
        new Attack("every packet once more, in every place", RECEIVER, Splices::duplication),
        new Attack("every choice of packets dropped", RECEIVER, Splices::dropping),
        new Attack("truncation at every byte", RECEIVER, Splices::truncation),
        new Attack("every byte altered", RECEIVER, Splices::alteration),
        new Attack("the stream from every later byte on", RECEIVER, Splices::shifting),
        new Attack("each header with the body of each other", RECEIVER, Splices::otherBodies),
        new Attack(
            "every packet of the other direction, in every place", RECEIVER, Splices::reflection),
        new Attack(
            "every packet of the other direction, in every place, of a peer that dials itself:"
                + " both directions have one key",
            RECEIVER,
            Splices::selfReflection),
        new Attack(
            "every packet of either direction of another session of the same peers, in every place",
            RECEIVER,
            Splices::otherSession),
        new Attack(
            "injection after the goodbye: every packet, the goodbye once more, another session's"
                + " stream, random bytes",
            RECEIVER,
            Splices::injection));
  }

  /** Both directions of one session. */
  private record TwoWays(OneWay there, OneWay back) {
    static TwoWays of(CryptoProvider crypto, byte[] clientSeed, byte[] serverSeed)
        throws HandshakeException {
      byte[] serverKey = Scene.formulas(crypto).publicKey(serverSeed);
      try (ClientHandshake client =
              Handshakes.client(crypto, Scene.NETWORK, clientSeed, serverKey);
          ServerHandshake server = Handshakes.server(crypto, Scene.NETWORK, serverSeed)) {
        Handshakes.deliver(Handshakes.sent(client), server);
        Handshakes.deliver(Handshakes.sent(server), client);
        Handshakes.deliver(Handshakes.sent(client), server);
        server.accept();
        Handshakes.deliver(Handshakes.sent(server), client);
        try (Session ofClient = client.finish();
            Session ofServer = server.finish()) {
          TwoWays ways =
              new TwoWays(
                  OneWay.of(crypto, ofClient, ofServer), OneWay.of(crypto, ofServer, ofClient));
          ways.there.arrivesWhole();
          ways.back.arrivesWhole();
          return ways;
        }
      }
    }

    static TwoWays of(CryptoProvider crypto) throws HandshakeException {
      return of(crypto, Scene.CLIENT_SEED, Scene.SERVER_SEED);
    }

    List<OneWay> both() {
      return List.of(there, back);
    }
  }

  private static void reordering(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    OneWay way = TwoWays.of(crypto).there();
    for (List<byte[]> order : permutations(way.packets())) {
      if (!order.equals(way.packets())) {
        way.endsEarly(OneWay.stream(order), outcomes);
      }
    }
  }

  private static List<List<byte[]>> permutations(List<byte[]> packets) {
    if (packets.isEmpty()) {
      return List.of(List.of());
    }
    List<List<byte[]>> all = new ArrayList<>();
    for (int first = 0; first < packets.size(); first++) {
      List<byte[]> rest = new ArrayList<>(packets);
      byte[] packet = rest.remove(first);
      for (List<byte[]> order : permutations(rest)) {
        List<byte[]> whole = new ArrayList<>(List.of(packet));
        whole.addAll(order);
        all.add(whole);
      }
    }
    return all;
  }

  private static void duplication(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    OneWay way = TwoWays.of(crypto).there();
    int goodbye = way.packets().size() - 1;
    for (int packet = 0; packet <= goodbye; packet++) {
      for (int place = 0; place <= goodbye; place++) {
        // A goodbye before itself is itself, with another one after it.
        if (packet != goodbye || place != goodbye) {
          List<byte[]> packets = new ArrayList<>(way.packets());
          packets.add(place, way.packets().get(packet));
          way.endsEarly(OneWay.stream(packets), outcomes);
        }
      }
    }
  }

  private static void dropping(CryptoProvider crypto, Outcomes outcomes) throws HandshakeException {
    OneWay way = TwoWays.of(crypto).there();
    int all = (1 << way.packets().size()) - 1;
    for (int kept = 0; kept < all; kept++) {
      List<byte[]> packets = new ArrayList<>();
      for (int i = 0; i < way.packets().size(); i++) {
        if ((kept >> i & 1) == 1) {
          packets.add(way.packets().get(i));
        }
      }
      way.endsEarly(OneWay.stream(packets), outcomes);
    }
  }

  private static void truncation(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    OneWay way = TwoWays.of(crypto).there();
    byte[] stream = way.stream();
    for (int length = 0; length < stream.length; length++) {
      way.endsEarly(Arrays.copyOf(stream, length), outcomes);
    }
  }

  private static void alteration(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    OneWay way = TwoWays.of(crypto).there();
    for (int at = 0; at < way.stream().length; at++) {
      byte[] altered = way.stream();
      altered[at] ^= 1;
      way.endsEarly(altered, outcomes);
    }
  }

  private static void shifting(CryptoProvider crypto, Outcomes outcomes) throws HandshakeException {
    OneWay way = TwoWays.of(crypto).there();
    byte[] stream = way.stream();
    for (int from = 1; from < stream.length; from++) {
      way.endsEarly(Arrays.copyOfRange(stream, from, stream.length), outcomes);
    }
  }

  private static void otherBodies(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    OneWay way = TwoWays.of(crypto).there();
    int bodies = way.packets().size() - 1;
    for (int header = 0; header < bodies; header++) {
      for (int body = 0; body < bodies; body++) {
        if (header != body) {
          byte[] mixed = way.packets().get(body).clone();
          System.arraycopy(way.packets().get(header), 0, mixed, 0, HEADER_BYTES);
          way.endsEarly(with(way, header, mixed), outcomes);
        }
      }
    }
  }

  private static void reflection(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    TwoWays ways = TwoWays.of(crypto);
    splice(ways.back(), ways.there(), outcomes);
    splice(ways.there(), ways.back(), outcomes);
  }

  private static void selfReflection(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    TwoWays ways = TwoWays.of(crypto, Scene.SERVER_SEED, Scene.SERVER_SEED);
    if (!Arrays.equals(ways.there().key(), ways.back().key())) {
      throw new AssertionError("the directions have different keys");
    }
    splice(ways.back(), ways.there(), outcomes);
    splice(ways.there(), ways.back(), outcomes);
  }

  private static void otherSession(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    TwoWays ways = TwoWays.of(crypto);
    TwoWays others = TwoWays.of(crypto);
    for (OneWay way : ways.both()) {
      for (OneWay other : others.both()) {
        splice(other, way, outcomes);
      }
    }
  }

  /** Each packet of one stream, in the place of each of another. */
  private static void splice(OneWay from, OneWay into, Outcomes outcomes) {
    for (byte[] packet : from.packets()) {
      for (int place = 0; place < into.packets().size(); place++) {
        into.endsEarly(with(into, place, packet), outcomes);
      }
    }
  }

  private static byte[] with(OneWay way, int place, byte[] packet) {
    List<byte[]> packets = new ArrayList<>(way.packets());
    packets.set(place, packet);
    return OneWay.stream(packets);
  }

  private static void injection(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    OneWay way = TwoWays.of(crypto).there();
    byte[] random = new byte[200];
    new Random(2).nextBytes(random);
    List<byte[]> injected = new ArrayList<>(way.packets());
    injected.add(way.stream());
    injected.add(TwoWays.of(crypto).there().stream());
    injected.add(random);
    injected.add(Formulas.concat(way.packets().get(0), random));
    for (byte[] bytes : injected) {
      way.endsBefore(bytes, outcomes);
    }
  }
}
