package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.ShsException;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/** Who has a place within a server's bounds, and what is left when it stops. */
class ServerPlacesTest {
  @Test
  void aClientWhoseAuthorizationIsUnderWayHasAPlace() throws Exception {
    Lookups lookups = new Lookups();
    try (SecretServer server = lookups.server().maxHandshakes(1).start(Peers.anyPort())) {
      Future<SecretChannel> first = Peers.THREADS.submit(() -> dial(server));
      CompletableFuture<Optional<IdentityKey>> answer = lookups.asked.take();
      Future<SecretChannel> second = Peers.THREADS.submit(() -> dial(server));
      awaitAdmission(server, () -> !lookups.asked.isEmpty());
      answer.complete(Optional.of(Peers.ALICE.publicKey()));
      first.get().close();
      lookups.asked.take().complete(Optional.of(Peers.ALICE.publicKey()));
      second.get().close();
    }
  }

  @Test
  void aClientWhoseAuthorizationIsUnderWayIsNotDroppedThoughItCameFirst() throws Exception {
    Lookups lookups = new Lookups();
    try (SecretServer server = lookups.server().maxHandshakes(2).start(Peers.anyPort())) {
      Future<SecretChannel> first = Peers.THREADS.submit(() -> dial(server));
      CompletableFuture<Optional<IdentityKey>> answer = lookups.asked.take();
      try (SocketChannel stranger = SocketChannel.open(server.localAddress());
          SocketChannel next = SocketChannel.open(server.localAddress())) {
        assertEquals(-1, stranger.read(ByteBuffer.allocate(9)), "the next has its place");
        assertTrue(next.isOpen());
      }
      answer.complete(Optional.of(Peers.ALICE.publicKey()));
      first.get().close();
      assertEquals(1, server.dropped());
    }
  }

  @Test
  void aClientThatIsServedLeavesItsHandshakesPlaceToOthers() throws Exception {
    try (SecretServer server =
            SecretServer.builder(Peers.SERVER)
                .authorizer(Authorizer.anyone())
                .handler(ServerPlacesTest::echo)
                .maxHandshakes(1)
                .start(Peers.anyPort());
        SecretChannel served = dial(server)) {
      assertEchoes(server);
      assertTrue(served.isOpen());
    }
  }

  /** An authorizer whose answers are the test's. */
  private static final class Lookups {
    private final BlockingQueue<CompletableFuture<Optional<IdentityKey>>> asked =
        new LinkedBlockingQueue<>();

    SecretServer.Builder server() {
      return SecretServer.builder(Peers.SERVER)
          .authorizer(
              Authorizer.async(
                  client -> {
                    CompletableFuture<Optional<IdentityKey>> answer = new CompletableFuture<>();
                    asked.add(answer);
                    return answer;
                  }))
          .handler(channel -> channel.inputStream().readAllBytes());
    }
  }

  /** What can become of a connection. */
  private enum Fate {
    SERVED,
    THE_CLIENT_LEAVES,
    THE_CLIENT_SPEAKS_NONSENSE,
    THE_CLIENT_IS_REFUSED,
    THE_AUTHORIZER_THROWS,
    THE_HANDLER_THROWS,
    THE_HANDLER_FINDS_NO_MEMORY,
    THE_EXECUTOR_REFUSES,
    THE_LISTENER_THROWS
  }

  @ParameterizedTest
  @EnumSource
  void aPlaceIsFreeAgainWhateverBecameOfItsConnection(Fate fate) throws Exception {
    AtomicReference<Fate> now = new AtomicReference<>();
    SecretServer.Builder builder =
        SecretServer.builder(Peers.SERVER)
            .authorizer(
                client -> {
                  throwAt(now, Fate.THE_AUTHORIZER_THROWS);
                  return Optional.of(client).filter(c -> now.get() != Fate.THE_CLIENT_IS_REFUSED);
                })
            .handler(
                channel -> {
                  throwAt(now, Fate.THE_HANDLER_THROWS);
                  if (now.get() == Fate.THE_HANDLER_FINDS_NO_MEMORY) {
                    throw new OutOfMemoryError("none left");
                  }
                  echo(channel);
                })
            .executor(
                task -> {
                  throwAt(now, Fate.THE_EXECUTOR_REFUSES);
                  Peers.THREADS.execute(task);
                })
            .listener(
                (reason, client) -> throwAt(new AtomicReference<>(fate), Fate.THE_LISTENER_THROWS))
            .maxHandshakes(1)
            .maxChannels(1);
    try (SecretServer server = builder.start(Peers.anyPort())) {
      boolean taken = true;
      // A machine that stands still for half a second has a connection dropped with reason.
      for (int attempt = 0; attempt < 3 && taken; attempt++) {
        long before = server.dropped();
        now.set(fate);
        visit(server, fate);
        now.set(null);
        assertEchoes(server);
        taken = server.dropped() > before;
      }
      assertFalse(taken, "the next had to take the place, for it was not given back");
    }
  }

  private static void throwAt(AtomicReference<Fate> now, Fate fate) {
    if (now.get() == fate) {
      throw new IllegalStateException(fate.name());
    }
  }

  /** Comes, and sees its end. */
  private static void visit(SecretServer server, Fate fate) throws IOException {
    try (SocketChannel socket = SocketChannel.open(server.localAddress())) {
      switch (fate) {
        case THE_CLIENT_LEAVES, THE_LISTENER_THROWS -> {}
        case THE_CLIENT_SPEAKS_NONSENSE -> {
          socket.write(ByteBuffer.wrap(Peers.pattern(64)));
          assertEquals(-1, socket.read(ByteBuffer.allocate(9)));
        }
        case SERVED -> assertEchoes(server, socket);
        default -> assertThrows(ShsException.class, () -> assertEchoes(server, socket));
      }
    }
  }

  private static void echo(SecretChannel channel) throws IOException {
    channel.inputStream().transferTo(channel.outputStream());
  }

  private static void assertEchoes(SecretServer server) throws IOException {
    assertEchoes(server, SocketChannel.open(server.localAddress()));
  }

  private static void assertEchoes(SecretServer server, SocketChannel socket) throws IOException {
    try (SecretHandshake hasty = Peers.side(Peers.ALICE, Duration.ofSeconds(10));
        SecretChannel channel = hasty.connect(socket, Peers.BOBS_KEY)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      channel.shutdownOutput();
      assertArrayEquals(new byte[] {1, 2, 3}, channel.inputStream().readAllBytes());
    }
  }

  @Test
  void ofTwoStrangersTheOneThatCameFirstIsDroppedAfterHalfASecond() throws Exception {
    long start = System.nanoTime();
    try (SecretServer server =
            SecretServer.builder(Peers.SERVER)
                .authorizer(Authorizer.anyone())
                .handler(ServerPlacesTest::echo)
                .maxHandshakes(2)
                .start(Peers.anyPort());
        SocketChannel first = SocketChannel.open(server.localAddress());
        SocketChannel second = SocketChannel.open(server.localAddress())) {
      assertEchoes(server);
      assertEquals(-1, first.read(ByteBuffer.allocate(9)));
      assertTrue(System.nanoTime() - start >= Duration.ofMillis(500).toNanos(), "it had its time");
      assertEquals(1, server.dropped());
      assertEchoes(server, second);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aClientThatIsRefusedGivesUpItsPlaceLikeOneThatGuessedOurKeyWrong(boolean throwing)
      throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean letIn = new AtomicBoolean();
    try (SecretServer server =
        SecretServer.builder(Peers.SERVER)
            .authorizer(
                Authorizer.async(
                    client -> {
                      if (throwing && !letIn.get()) {
                        throw new IllegalStateException("the directory is gone");
                      }
                      return CompletableFuture.completedFuture(
                          Optional.of(client).filter(c -> letIn.get()));
                    }))
            .handler(ServerPlacesTest::echo)
            // Keeps the refused client's connection as it is while it waits for its close.
            .listener(
                (reason, client) -> {
                  refused.countDown();
                  await(release);
                })
            .maxHandshakes(1)
            .start(Peers.anyPort())) {
      assertThrows(HandshakeException.class, () -> dial(server));
      refused.await();
      letIn.set(true);
      assertEchoes(server);
      assertEquals(1, server.dropped());
      release.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aConnectionThatWaitsForAPlaceIsCutWhenTheServerStops() throws Exception {
    AtomicInteger accepted = new AtomicInteger();
    SecretServer server =
        SecretServer.builder(Peers.SERVER)
            .authorizer(Authorizer.anyone())
            .handler(
                channel -> {
                  channel.write(ByteBuffer.wrap(new byte[] {1}));
                  channel.inputStream().readAllBytes();
                })
            .executor(
                task -> {
                  accepted.incrementAndGet();
                  Peers.THREADS.execute(task);
                })
            .maxChannels(1)
            .start(Peers.anyPort());
    SecretChannel first = dial(server);
    assertEquals(1, first.read(ByteBuffer.allocate(9)));
    try (SocketChannel late = SocketChannel.open(server.localAddress())) {
      awaitAdmission(server, () -> accepted.get() > 1);
      server.close();
      Future<Integer> seen = Peers.THREADS.submit(() -> late.read(ByteBuffer.allocate(9)));
      assertEquals(-1, seen.get(20, TimeUnit.SECONDS));
    }
    first.abort();
  }

  @Test
  void aHandshakeThatEndsWhileTheServerStopsReachesNoHandler() throws Exception {
    AtomicInteger boxes = new AtomicInteger(Integer.MIN_VALUE);
    CountDownLatch authenticated = new CountDownLatch(1);
    SecretHandshake slow =
        SecretHandshake.builder()
            .crypto(
                new DelegatingCryptoProvider(Peers.CRYPTO) {
                  @Override
                  public SecretBox secretBox(byte[] key) {
                    // The first two are the handshake's, the third is the channel's.
                    if (boxes.incrementAndGet() == 3) {
                      authenticated.countDown();
                      awaitInterrupt();
                    }
                    return super.secretBox(key);
                  }
                })
            .network(NetworkKey.SCUTTLEBUTT)
            .identity(Peers.BOB)
            .build();
    AtomicBoolean handled = new AtomicBoolean();
    SecretServer server =
        SecretServer.builder(slow)
            .authorizer(Authorizer.anyone())
            .handler(channel -> handled.set(true))
            .start(Peers.anyPort());
    boxes.set(0);
    SecretChannel client = dial(server);
    authenticated.await();

    server.close();

    assertFalse(handled.get(), "it came too late to be cut like the others");
    client.abort();
  }

  /** Waits for the interrupt with which a server ends its threads. */
  private static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      // The server stops.
    }
  }

  @Test
  void noThreadOfItsOwnOutlivesAServer() throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    SecretServer server =
        SecretServer.builder(Peers.SERVER)
            .authorizer(Authorizer.anyone())
            .handler(channel -> thread.complete(Thread.currentThread()))
            .start(Peers.anyPort());
    try (SecretChannel channel = dial(server)) {
      assertEquals(-1, channel.read(ByteBuffer.allocate(9)));
    }
    server.close();
    thread.get().join(TimeUnit.SECONDS.toMillis(20));
    assertFalse(thread.get().isAlive(), "idle threads would stay for a minute");
  }

  private static SecretChannel dial(SecretServer server) throws IOException {
    return Peers.CLIENT.connect(SocketChannel.open(server.localAddress()), Peers.BOBS_KEY);
  }

  /** Waits until the server has accepted a connection for which it has no place. */
  static void awaitAdmission(SecretServer server, BooleanSupplier admitted)
      throws InterruptedException {
    Thread acceptor = acceptorOf(server);
    Waiting.until(
        () -> Waiting.isIn(acceptor, Connections.class, "admit") || admitted.getAsBoolean());
    assertFalse(admitted.getAsBoolean(), "it has a place, beyond the bound");
  }

  private static Thread acceptorOf(SecretServer server) {
    String name = "shs-accept-" + server.localAddress().getPort();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findAny()
        .orElseThrow();
  }
}
