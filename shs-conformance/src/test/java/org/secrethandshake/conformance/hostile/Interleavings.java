package org.secrethandshake.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.Handshakes;
import org.secrethandshake.conformance.Scene;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Endpoint;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.spi.CryptoProvider;

/** Handshakes of one configuration at the same time, whose messages and packets get crossed. */
final class Interleavings {
  private static final byte[] OTHER_CLIENT = Scene.filled(0x09);
  private static final int ORDERS = 24;
  private static final int THREADS = 4;
  private static final int HANDSHAKES = 12;

  /** Two sessions of one client, and two of another. */
  private static final List<byte[]> CLIENTS =
      List.of(Scene.CLIENT_SEED, Scene.CLIENT_SEED, OTHER_CLIENT, OTHER_CLIENT);

  private Interleavings() {}

  static List<Attack> attacks() {
    return List.of(
        new Attack(
            "clientHello, serverHello or clientAuthenticate of one session given to another that is"
                + " under way",
            "server",
            Interleavings::crossedAtServers),
        new Attack(
            "serverAccept of one session given to another that is under way",
            "client",
            Interleavings::crossedAtClients),
        new Attack(
            "four handshakes under way in random order, then each one's packet given to each other",
            "both",
            Interleavings::inAnyOrder),
        new Attack(
            "a handshake of each of four clients at a time, from a thread each",
            "server",
            Interleavings::inThreads));
  }

  /** Both sides of one session; the configurations are shared. */
  private record Pair(ClientHandshake client, ServerHandshake server, IdentityKey clientKey)
      implements AutoCloseable {
    /** Carries the next message. */
    void step() throws HandshakeException {
      switch (server.step()) {
        case RECEIVE -> Handshakes.deliver(Handshakes.sent(client), server);
        case SEND -> Handshakes.deliver(Handshakes.sent(server), client);
        case AUTHORIZE -> server.accept();
        default -> throw new AssertionError(server);
      }
    }

    boolean isDone() {
      return client.step() == Handshake.Step.DONE;
    }

    @Override
    public void close() {
      client.close();
      server.close();
    }
  }

  /** A server and its clients, each with one configuration for all of its sessions. */
  private static final class Configurations implements AutoCloseable {
    private final CryptoProvider crypto;
    private final byte[] serverKey;
    private final Endpoint server;
    private final Endpoint client;
    private final Endpoint other;

    Configurations(CryptoProvider crypto) {
      this.crypto = crypto;
      serverKey = Scene.formulas(crypto).publicKey(Scene.SERVER_SEED);
      server = Handshakes.local(crypto, Scene.NETWORK, Scene.SERVER_SEED);
      client = Handshakes.local(crypto, Scene.NETWORK, Scene.CLIENT_SEED);
      other = Handshakes.local(crypto, Scene.NETWORK, OTHER_CLIENT);
    }

    Pair pair(byte[] seed) {
      Endpoint dialling = seed == OTHER_CLIENT ? other : client;
      return new Pair(
          dialling.client(dialling.serverKey(IdentityKey.of(serverKey))),
          server.server(),
          IdentityKey.of(Scene.formulas(crypto).publicKey(seed)));
    }

    @Override
    public void close() {
      server.close();
      client.close();
      other.close();
    }
  }

  /** What is done with two sessions. */
  private interface Crossing {
    void of(Pair left, Pair right) throws HandshakeException;
  }

  private static void eachTwo(CryptoProvider crypto, Crossing crossing) throws HandshakeException {
    try (Configurations configurations = new Configurations(crypto)) {
      for (int i = 0; i < CLIENTS.size(); i++) {
        for (int j = 0; j < CLIENTS.size(); j++) {
          if (i != j) {
            try (Pair left = configurations.pair(CLIENTS.get(i));
                Pair right = configurations.pair(CLIENTS.get(j))) {
              crossing.of(left, right);
            }
          }
        }
      }
    }
  }

  private static void crossedAtServers(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    eachTwo(
        crypto,
        (left, right) -> {
          byte[] leftHello = Handshakes.sent(left.client());
          byte[] rightHello = Handshakes.sent(right.client());
          Handshakes.deliver(leftHello, right.server());
          Handshakes.deliver(rightHello, left.server());
          Handshakes.deliver(Handshakes.sent(left.server()), left.client());
          Handshakes.deliver(Handshakes.sent(right.server()), right.client());
          refuseBoth(left, right, outcomes);
        });
    eachTwo(
        crypto,
        (left, right) -> {
          Handshakes.deliver(Handshakes.sent(left.client()), left.server());
          Handshakes.deliver(Handshakes.sent(right.client()), right.server());
          Handshakes.deliver(Handshakes.sent(left.server()), right.client());
          Handshakes.deliver(Handshakes.sent(right.server()), left.client());
          refuseBoth(left, right, outcomes);
        });
    eachTwo(
        crypto,
        (left, right) -> {
          for (int message = 0; message < 2; message++) {
            left.step();
            right.step();
          }
          byte[] ofLeft = Handshakes.sent(left.client());
          outcomes.addRefusal(Refusal.CLIENT_BOX, ofLeft, right.server());
        });
  }

  private static void refuseBoth(Pair left, Pair right, Outcomes outcomes) {
    byte[] ofLeft = Handshakes.sent(left.client());
    byte[] ofRight = Handshakes.sent(right.client());
    outcomes.addRefusal(Refusal.CLIENT_BOX, ofLeft, left.server());
    outcomes.addRefusal(Refusal.CLIENT_BOX, ofRight, right.server());
  }

  private static void crossedAtClients(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    eachTwo(
        crypto,
        (left, right) -> {
          for (int step = 0; step < 4; step++) {
            left.step();
            right.step();
          }
          byte[] ofLeft = Handshakes.sent(left.server());
          byte[] ofRight = Handshakes.sent(right.server());
          outcomes.addRefusal(Refusal.SERVER_BOX, ofRight, left.client());
          outcomes.addRefusal(Refusal.SERVER_BOX, ofLeft, right.client());
        });
  }

  private static void inAnyOrder(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Random random = new Random(1);
    try (Configurations configurations = new Configurations(crypto)) {
      for (int order = 0; order < ORDERS; order++) {
        List<Pair> pairs = CLIENTS.stream().map(configurations::pair).toList();
        List<Pair> underWay = new ArrayList<>(pairs);
        while (!underWay.isEmpty()) {
          Pair next = underWay.get(random.nextInt(underWay.size()));
          next.step();
          if (next.isDone()) {
            underWay.remove(next);
          }
        }
        crossPackets(crypto, pairs, outcomes);
      }
    }
  }

  private static void crossPackets(CryptoProvider crypto, List<Pair> pairs, Outcomes outcomes) {
    List<OneWay> ways = new ArrayList<>();
    for (Pair pair : pairs) {
      assertEquals(pair.clientKey(), pair.server().clientKey());
      try (Session client = pair.client().finish();
          Session server = pair.server().finish()) {
        ways.add(OneWay.of(crypto, client, server));
      }
    }
    for (OneWay own : ways) {
      own.arrivesWhole();
      for (OneWay other : ways) {
        if (own != other) {
          own.endsEarly(other.stream(), outcomes);
        }
      }
    }
  }

  private static void inThreads(CryptoProvider crypto, Outcomes outcomes) throws Exception {
    Formulas formulas = Scene.formulas(crypto);
    byte[] serverKey = formulas.publicKey(Scene.SERVER_SEED);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Endpoint shared = Handshakes.local(crypto, Scene.NETWORK, Scene.SERVER_SEED)) {
      List<Callable<List<String>>> clients = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        byte[] seed = Scene.filled(0x20 + thread);
        IdentityKey own = IdentityKey.of(formulas.publicKey(seed));
        clients.add(
            () -> {
              List<String> seen = new ArrayList<>();
              for (int i = 0; i < HANDSHAKES; i++) {
                try (ServerHandshake server = shared.server()) {
                  Insider client = Insider.of(crypto, seed);
                  byte[] message = client.asClient(client.helloOf(server), serverKey).message();
                  Handshakes.deliver(message, server);
                  assertEquals(own, server.clientKey());
                  seen.add("accepted as itself (" + server + ")");
                }
              }
              return seen;
            });
      }
      for (Future<List<String>> seen : threads.invokeAll(clients)) {
        seen.get().forEach(outcomes::add);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
