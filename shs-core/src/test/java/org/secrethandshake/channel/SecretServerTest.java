package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;

class SecretServerTest {
  private record Refusal(Throwable reason, SocketAddress client) {}

  private final BlockingQueue<Refusal> refusals = new LinkedBlockingQueue<>();

  @Test
  void serves200ClientsAtOnceThoughSomeAreKilled() throws Exception {
    try (SecretServer server = echo(Peers.SERVER).start(Peers.anyPort())) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        boolean killed = i % 10 == 3;
        clients.add(Peers.THREADS.submit(() -> killed ? kill(server) : echoed(server, 20_000)));
      }
      for (Future<?> client : clients) {
        client.get(50, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void servesTenWhileASilentAndADrippingPeerAreCutOff() throws Exception {
    SecretHandshake hasty = Peers.side(Peers.BOB, Duration.ofSeconds(2));
    try (SecretServer server = echo(hasty).start(Peers.anyPort());
        SocketChannel silent = SocketChannel.open(server.localAddress());
        SocketChannel dripping = SocketChannel.open(server.localAddress())) {
      Future<?> drip = Peers.THREADS.submit(() -> drip(dripping));
      for (int i = 0; i < 10; i++) {
        echoed(server, 1000);
      }
      assertEquals(0, refusals.size(), "both peers are still waited for");
      Set<SocketAddress> cutOff = new HashSet<>();
      for (int i = 0; i < 2; i++) {
        Refusal refusal = refusals.take();
        assertReason(Reason.TIMEOUT, refusal);
        cutOff.add(refusal.client());
      }
      assertEquals(Set.of(silent.getLocalAddress(), dripping.getLocalAddress()), cutOff);
      assertEquals(-1, silent.read(ByteBuffer.allocate(9)));
      assertThrows(ExecutionException.class, drip::get);
    }
  }

  private static Void drip(SocketChannel socket) throws Exception {
    while (true) {
      socket.write(ByteBuffer.wrap(new byte[1]));
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  @Test
  void goesOnAfterPeersThatSpeakNonsense() throws Exception {
    try (SecretServer server = echo(Peers.SERVER).start(Peers.anyPort())) {
      try (SocketChannel nonsense = SocketChannel.open(server.localAddress())) {
        nonsense.write(ByteBuffer.wrap(Peers.pattern(64)));
        assertReason(Reason.WRONG_NETWORK, refusals.take());
        assertEquals(-1, nonsense.read(ByteBuffer.allocate(9)));
      }
      SocketChannel.open(server.localAddress()).close();
      assertReason(Reason.CLOSED_BY_PEER, refusals.take());
      echoed(server, 1000);
    }
  }

  @Test
  void servesOnThreadsThatKeepNoProgramAlive() throws Exception {
    CompletableFuture<Boolean> daemon = new CompletableFuture<>();
    try (SecretServer server =
        SecretServer.builder(Peers.SERVER)
            .authorizer(Authorizer.anyone())
            .handler(channel -> daemon.complete(Thread.currentThread().isDaemon()))
            .start(Peers.anyPort())) {
      dial(server).close();
      assertTrue(daemon.get());
    }
  }

  @Test
  void goesOnAfterAHandlerThatThrows() throws Exception {
    Semaphore healthy = new Semaphore(0);
    try (SecretServer server =
        SecretServer.builder(Peers.SERVER)
            .authorizer(Authorizer.anyone())
            .handler(
                channel -> {
                  if (!healthy.tryAcquire()) {
                    throw new IllegalStateException("the handler is ill");
                  }
                  channel.inputStream().transferTo(channel.outputStream());
                })
            .start(Peers.anyPort())) {
      try (SecretChannel ill = dial(server)) {
        BoxStreamException cut =
            assertThrows(BoxStreamException.class, () -> ill.read(ByteBuffer.allocate(9)));
        assertEquals(BoxStreamException.Reason.TRUNCATED, cut.reason());
      }
      healthy.release();
      echoed(server, 1000);
    }
  }

  @Test
  void goesOnWhenItsExecutorOrItsListenerFails() throws Exception {
    AtomicInteger tasks = new AtomicInteger();
    try (SecretServer server =
        echo(Peers.SERVER)
            .maxChannels(1)
            .listener(
                (reason, client) -> {
                  throw new IllegalStateException("the listener is ill");
                })
            .executor(
                task -> {
                  if (tasks.getAndIncrement() == 0) {
                    throw new OutOfMemoryError("unable to create native thread");
                  }
                  Peers.THREADS.execute(task);
                })
            .start(Peers.anyPort())) {
      try (SocketChannel unlucky = SocketChannel.open(server.localAddress())) {
        assertEquals(-1, unlucky.read(ByteBuffer.allocate(9)));
      }
      SocketChannel.open(server.localAddress()).close();
      echoed(server, 1000);
    }
  }

  @Test
  void stopsAtOnceWhenNoConnectionIsLeft() throws Exception {
    SecretHandshake hasty = Peers.side(Peers.BOB, Duration.ofMillis(200));
    SecretServer server = echo(hasty).maxHandshakes(1).start(Peers.anyPort());
    try (SocketChannel silent = SocketChannel.open(server.localAddress())) {
      assertReason(Reason.TIMEOUT, refusals.take());
      long start = System.nanoTime();
      server.stop(Duration.ofSeconds(40));
      assertTrue(System.nanoTime() - start < Duration.ofSeconds(10).toNanos());
      assertEquals(-1, silent.read(ByteBuffer.allocate(9)));
    }
  }

  @Test
  void cutsManySilentChannelsWithinItsBound() throws Exception {
    SecretServer server = echo(Peers.SERVER).start(Peers.anyPort());
    List<SecretChannel> silent = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      silent.add(dial(server));
    }
    long start = System.nanoTime();
    server.close();
    assertTrue(
        System.nanoTime() - start
            < SecretServer.CLOSE_BOUND.plus(SecretChannel.CLOSE_BOUND).plusSeconds(3).toNanos());
    for (SecretChannel channel : silent) {
      assertFalse(Ending.of(channel).goodbye(), "its handler had not returned");
      channel.abort();
    }
  }

  @Test
  void makesConnectionsWaitAtItsBounds() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (SecretServer server =
        SecretServer.builder(Peers.SERVER)
            .authorizer(Authorizer.anyone())
            .maxChannels(1)
            .handler(
                channel -> {
                  channel.write(ByteBuffer.wrap(new byte[] {1}));
                  release.await();
                })
            .start(Peers.anyPort())) {
      SecretChannel first = dial(server);
      assertEquals(1, first.read(ByteBuffer.allocate(9)));
      Future<SecretChannel> second = Peers.THREADS.submit(() -> dial(server));
      ServerPlacesTest.awaitAdmission(server, second::isDone);
      release.countDown();
      first.close();
      second.get().close();
    }
  }

  @Test
  void givesHandlersTimeToEndWhenItStops() throws Exception {
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch stopping = new CountDownLatch(1);
    SecretServer server =
        SecretServer.builder(Peers.SERVER)
            .authorizer(Authorizer.anyone())
            .handler(
                channel -> {
                  handling.countDown();
                  stopping.await();
                  channel.write(ByteBuffer.wrap(new byte[] {42}));
                })
            .start(Peers.anyPort());
    try (SecretChannel channel = dial(server)) {
      handling.await();
      ServerStopTest.Stop stop = new ServerStopTest.Stop(server, Duration.ofSeconds(20), false);
      stop.awaitWaiting();
      stopping.countDown();
      ByteBuffer last = ByteBuffer.allocate(9);
      assertEquals(1, channel.read(last));
      assertEquals(-1, channel.read(last));
      channel.close();
      stop.result.get();
    }
    assertThrows(ConnectException.class, () -> SocketChannel.open(server.localAddress()));
  }

  @Test
  void needsAnAuthorizerAHandlerAndPositiveBounds() {
    SecretServer.Builder builder = SecretServer.builder(Peers.SERVER);
    assertMissing("no authorizer", builder);
    assertMissing("no handler", builder.authorizer(Authorizer.anyone()));
    assertThrows(IllegalArgumentException.class, () -> builder.maxChannels(0));
    assertThrows(IllegalArgumentException.class, () -> builder.maxHandshakes(-1));
  }

  private static void assertMissing(String part, SecretServer.Builder builder) {
    String message =
        assertThrows(NullPointerException.class, () -> builder.start(Peers.anyPort())).getMessage();
    assertTrue(message.contains(part), message);
  }

  private SecretServer.Builder echo(SecretHandshake shs) {
    return SecretServer.builder(shs)
        .authorizer(Authorizer.anyone())
        .listener((reason, client) -> refusals.add(new Refusal(reason, client)))
        .handler(channel -> channel.inputStream().transferTo(channel.outputStream()));
  }

  private static SecretChannel dial(SecretServer server) throws IOException {
    return Peers.CLIENT.connect(SocketChannel.open(server.localAddress()), Peers.BOBS_KEY);
  }

  private static Void echoed(SecretServer server, int length) throws Exception {
    byte[] plaintext = Peers.pattern(length);
    try (SecretChannel channel = dial(server)) {
      channel.write(ByteBuffer.wrap(plaintext));
      channel.shutdownOutput();
      assertArrayEquals(plaintext, channel.inputStream().readAllBytes());
    }
    return null;
  }

  /** A client that dies in the middle of a transfer. */
  private static Void kill(SecretServer server) throws Exception {
    SocketChannel socket = SocketChannel.open(server.localAddress());
    SecretChannel channel = Peers.CLIENT.connect(socket, Peers.BOBS_KEY);
    channel.write(ByteBuffer.allocate(100_000));
    socket.close();
    assertThrows(BoxStreamException.class, () -> channel.write(ByteBuffer.allocate(9)));
    return null;
  }

  private static void assertReason(Reason expected, Refusal refusal) {
    HandshakeException error = assertInstanceOf(HandshakeException.class, refusal.reason());
    assertEquals(expected, error.reason());
  }
}
