package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/** Who has a place within a server's bounds, and what is left when it stops. */
class ServerPlacesTest {
  @Test
  void aClientWhoseAuthorizationIsUnderWayHasAPlace() throws Exception {
    BlockingQueue<CompletableFuture<Optional<IdentityKey>>> asked = new LinkedBlockingQueue<>();
    try (SecretServer server =
        SecretServer.builder(Peers.SERVER)
            .authorizer(
                Authorizer.async(
                    client -> {
                      CompletableFuture<Optional<IdentityKey>> answer = new CompletableFuture<>();
                      asked.add(answer);
                      return answer;
                    }))
            .handler(channel -> channel.inputStream().readAllBytes())
            .maxHandshakes(1)
            .start(Peers.anyPort())) {
      Future<SecretChannel> first = Peers.THREADS.submit(() -> dial(server));
      CompletableFuture<Optional<IdentityKey>> answer = asked.take();
      Future<SecretChannel> second = Peers.THREADS.submit(() -> dial(server));
      awaitAdmission(server, asked);
      answer.complete(Optional.of(Peers.ALICE.publicKey()));
      first.get().close();
      asked.take().complete(Optional.of(Peers.ALICE.publicKey()));
      second.get().close();
    }
  }

  @Test
  void aConnectionThatWaitsForAPlaceIsCutWhenTheServerStops() throws Exception {
    SecretServer server =
        SecretServer.builder(Peers.SERVER)
            .authorizer(Authorizer.anyone())
            .handler(
                channel -> {
                  channel.write(ByteBuffer.wrap(new byte[] {1}));
                  channel.inputStream().readAllBytes();
                })
            .maxChannels(1)
            .start(Peers.anyPort());
    SecretChannel first = dial(server);
    assertEquals(1, first.read(ByteBuffer.allocate(9)));
    try (SocketChannel late = SocketChannel.open(server.localAddress())) {
      awaitAdmission(server);
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
  static void awaitAdmission(SecretServer server) {
    awaitAdmission(server, new LinkedBlockingQueue<>());
  }

  private static void awaitAdmission(SecretServer server, BlockingQueue<?> asked) {
    String acceptor = "shs-accept-" + server.localAddress().getPort();
    while (!isAdmitting(acceptor)) {
      assertEquals(0, asked.size(), "it has a place, beyond the bound");
      Thread.onSpinWait();
    }
  }

  private static boolean isAdmitting(String acceptor) {
    Map.Entry<Thread, StackTraceElement[]> found =
        Thread.getAllStackTraces().entrySet().stream()
            .filter(thread -> thread.getKey().getName().equals(acceptor))
            .findAny()
            .orElse(null);
    assertNotNull(found, "the acceptor runs");
    return found.getKey().getState() == Thread.State.TIMED_WAITING
        && Arrays.stream(found.getValue()).anyMatch(at -> at.getMethodName().equals("admit"));
  }
}
