package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a server ends: goodbyes where all was sent, cuts where nobody can know, no time lost. */
class ServerStopTest {
  private static final int ANSWER = 300_000;

  @ParameterizedTest
  @ValueSource(ints = {0, 30, 300})
  void neverLetsAPartOfAnAnswerPassForTheWhole(int graceMillis) throws Exception {
    for (int round = 0; round < 4; round++) {
      SecretServer server =
          start(
              channel -> {
                channel.read(ByteBuffer.allocate(9));
                for (int sent = 0; sent < ANSWER; sent += ANSWER / 10) {
                  channel.write(ByteBuffer.allocate(ANSWER / 10));
                }
              });
      List<Future<Ending>> clients = new ArrayList<>();
      AtomicInteger served = new AtomicInteger();
      for (int i = 0; i < 8; i++) {
        clients.add(Peers.THREADS.submit(() -> askUntilTheEnd(server, served)));
      }
      while (served.get() < 10 * (round + 1)) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      server.stop(Duration.ofMillis(graceMillis));
      for (Future<Ending> client : clients) {
        Ending last = client.get();
        assertTrue(!last.goodbye() || last.length() == ANSWER, "a goodbye behind " + last.length());
      }
    }
  }

  /** Asks again and again; the first answer that is not whole, or else the last one. */
  private static Ending askUntilTheEnd(SecretServer server, AtomicInteger served) {
    Ending last = new Ending(ANSWER, true);
    try {
      while (last.goodbye() && last.length() == ANSWER) {
        try (SecretChannel channel = dial(server)) {
          channel.write(ByteBuffer.wrap(new byte[] {1}));
          last = Ending.orReset(channel);
          served.incrementAndGet();
        }
      }
    } catch (IOException e) {
      // The server has stopped before it knew of this one.
    }
    return last;
  }

  /** Where its thread sits in an accept, the system keeps the port. */
  @Test
  void waitsForTheThreadThatAccepts() throws Exception {
    CompletableFuture<Thread> acceptor = new CompletableFuture<>();
    CountDownLatch release = new CountDownLatch(1);
    SecretServer server =
        SecretServer.builder(Peers.SERVER)
            .authorizer(Authorizer.anyone())
            .executor(
                task -> {
                  acceptor.complete(Thread.currentThread());
                  awaitUninterruptibly(release);
                })
            .handler(channel -> {})
            .start(Peers.anyPort());
    try (SocketChannel visitor = SocketChannel.open(server.localAddress())) {
      acceptor.get();
      Thread stopping = new Thread(() -> server.stop(Duration.ZERO), "test-stop");
      stopping.start();
      try {
        Waiting.until(
            () ->
                Waiting.isIn(stopping, SecretServer.class, "awaitAcceptor") || !stopping.isAlive());
        assertTrue(stopping.isAlive(), "a stop that leaves the thread that accepts");
      } finally {
        release.countDown();
      }
      stopping.join();
      assertFalse(acceptor.get().isAlive());
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean done = false;
    while (!done) {
      try {
        latch.await();
        done = true;
      } catch (InterruptedException e) {
        // The server's thread takes no interrupt, either.
      }
    }
  }

  @Test
  void cutsAHandlerThatStillRuns() throws Exception {
    SecretServer server =
        start(channel -> channel.inputStream().transferTo(channel.outputStream()));
    try (SecretChannel channel = dial(server)) {
      channel.write(ByteBuffer.wrap(new byte[] {1}));
      assertEquals(1, channel.read(ByteBuffer.allocate(9)));
      server.close();
      assertFalse(Ending.of(channel).goodbye(), "nobody knows whether the echo was all");
    }
  }

  @Test
  void leavesAHandlerAloneThatHasSaidGoodbyeItself() throws Exception {
    CountDownLatch said = new CountDownLatch(1);
    CompletableFuture<Integer> received = new CompletableFuture<>();
    SecretServer server =
        start(
            channel -> {
              channel.write(ByteBuffer.allocate(1000));
              channel.shutdownOutput();
              said.countDown();
              received.complete(channel.read(ByteBuffer.allocate(9)));
              channel.inputStream().readAllBytes();
            });
    try (SecretChannel channel = dial(server)) {
      said.await();
      Stop stop = new Stop(server, Duration.ZERO, false);
      stop.awaitWaiting();
      assertEquals(new Ending(1000, true), Ending.of(channel));
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      assertEquals(3, received.get(20, TimeUnit.SECONDS), "its input is open");
      channel.close();
      stop.result.get();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void letsAChannelTakeLeaveWhoseHandlerHasReturned(boolean interrupted) throws Exception {
    CompletableFuture<Thread> handling = new CompletableFuture<>();
    SecretServer server =
        start(
            channel -> {
              channel.write(ByteBuffer.allocate(1000));
              handling.complete(Thread.currentThread());
            });
    try (SecretChannel channel = dial(server)) {
      Thread handler = handling.get();
      Waiting.until(() -> Waiting.isBelow(handler, SecretChannel.class, "takeLeave"));
      Stop stop = new Stop(server, Duration.ZERO, interrupted);
      stop.awaitWaiting();
      assertFalse(stop.result.isDone(), "the client has not answered the goodbye yet");
      assertEquals(new Ending(1000, true), Ending.of(channel));
      channel.close();
      assertEquals(interrupted, stop.result.get());
    }
  }

  @Test
  void cutsAHandlerBeforeItWaitsForAChannelThatTakesLeave() throws Exception {
    CompletableFuture<Thread> handling = new CompletableFuture<>();
    SecretServer server =
        start(
            channel -> {
              if (channel.read(ByteBuffer.allocate(9)) == 1) {
                handling.complete(Thread.currentThread());
              } else {
                channel.read(ByteBuffer.allocate(9));
              }
            });
    try (SecretChannel leaving = dial(server);
        SecretChannel busy = dial(server)) {
      busy.write(ByteBuffer.allocate(2));
      leaving.write(ByteBuffer.allocate(1));
      Thread handler = handling.get();
      Waiting.until(() -> Waiting.isBelow(handler, SecretChannel.class, "takeLeave"));
      Stop stop = new Stop(server, Duration.ZERO, false);
      assertFalse(Ending.of(busy).goodbye());
      assertTrue(
          Waiting.isBelow(handler, SecretChannel.class, "takeLeave"),
          "the other waits for an answer to its goodbye");
      leaving.close();
      stop.result.get();
    }
  }

  @Test
  void saysGoodbyeToManyAtOnceThoughMostStaySilent() throws Exception {
    CountDownLatch handling = new CountDownLatch(500);
    CountDownLatch release = new CountDownLatch(1);
    SecretServer server =
        start(
            channel -> {
              handling.countDown();
              release.await();
            });
    List<SecretChannel> clients = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      clients.add(dial(server));
    }
    handling.await();
    Future<?> stop = Peers.THREADS.submit(() -> server.stop(Duration.ofSeconds(20)));
    release.countDown();
    for (SecretChannel client : clients.subList(0, 100)) {
      assertEquals(new Ending(0, true), Ending.of(client));
      client.close();
    }
    stop.get();
    for (SecretChannel silent : clients.subList(100, clients.size())) {
      assertEquals(new Ending(0, true), Ending.of(silent), "each goodbye was said");
      silent.abort();
    }
  }

  @Test
  void cutsManyRunningHandlersAtOnce() throws Exception {
    SecretServer server = start(channel -> channel.read(ByteBuffer.allocate(9)));
    List<SecretChannel> silent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      silent.add(dial(server));
    }
    assertTimeoutPreemptively(SecretServer.CLOSE_BOUND, server::close);
    for (SecretChannel channel : silent) {
      assertFalse(Ending.of(channel).goodbye());
      channel.abort();
    }
  }

  @Test
  void givesGraceToHandlersOnly() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    SecretServer server =
        SecretServer.builder(Peers.SERVER)
            .authorizer(
                client -> {
                  asked.countDown();
                  TimeUnit.HOURS.sleep(1);
                  return Optional.empty();
                })
            .handler(channel -> {})
            .start(Peers.anyPort());
    Future<SecretChannel> client = Peers.THREADS.submit(() -> dial(server));
    asked.await();
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> server.stop(Duration.ofMinutes(1)), "no handler runs");
    assertThrows(ExecutionException.class, client::get);
  }

  @Test
  void cutsHandshakesBeforeItGivesGraceToAHandler() throws Exception {
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    SecretServer server =
        SecretServer.builder(Peers.SERVER)
            .authorizer(
                Authorizer.async(
                    client -> {
                      asked.countDown();
                      return asked.getCount() > 0
                          ? CompletableFuture.completedFuture(Optional.of(client))
                          : new CompletableFuture<>();
                    }))
            .handler(
                channel -> {
                  handling.countDown();
                  release.await();
                })
            .start(Peers.anyPort());
    SecretChannel served = dial(server);
    handling.await();
    try (SocketChannel stranger = SocketChannel.open(server.localAddress())) {
      // The stranger came first, so it is taken in when the other is asked about.
      Future<SecretChannel> client = Peers.THREADS.submit(() -> dial(server));
      asked.await();
      Stop stop = new Stop(server, Duration.ofHours(1), false);
      Future<Integer> cut = Peers.THREADS.submit(() -> stranger.read(ByteBuffer.allocate(9)));
      assertEquals(-1, cut.get(20, TimeUnit.SECONDS));
      assertThrows(ExecutionException.class, () -> client.get(15, TimeUnit.SECONDS));
      release.countDown();
      stop.result.get();
    }
    served.abort();
  }

  @Test
  void takesAnyGrace() throws Exception {
    for (Duration grace :
        List.of(Duration.ofSeconds(Long.MAX_VALUE), Duration.ZERO, Duration.ofSeconds(-1))) {
      SecretServer server = start(channel -> {});
      dial(server).close();
      assertTimeoutPreemptively(Duration.ofSeconds(10), () -> server.stop(grace));
      assertThrows(ConnectException.class, () -> SocketChannel.open(server.localAddress()));
    }
  }

  @Test
  void endsItsGraceWhenItIsInterrupted() throws Exception {
    CountDownLatch handling = new CountDownLatch(1);
    SecretServer server =
        start(
            channel -> {
              handling.countDown();
              channel.read(ByteBuffer.allocate(9));
            });
    SecretChannel client = dial(server);
    handling.await();
    Stop stop = new Stop(server, Duration.ofHours(1), false);
    stop.awaitWaiting();
    stop.thread.interrupt();
    assertTrue(stop.result.get(10, TimeUnit.SECONDS), "the interrupt is kept");
    assertFalse(Ending.of(client).goodbye());
    client.abort();
  }

  @Test
  void warnsOfNothingWhenItCutsItsHandlers() throws Exception {
    Logger logger = Logger.getLogger(SecretServer.class.getName());
    Queue<LogRecord> warnings = new ConcurrentLinkedQueue<>();
    Handler collector = new Collector(warnings);
    logger.addHandler(collector);
    try {
      CountDownLatch handling = new CountDownLatch(2);
      SecretServer server =
          start(
              channel -> {
                handling.countDown();
                if (handling.getCount() == 0) {
                  TimeUnit.HOURS.sleep(1);
                }
                channel.read(ByteBuffer.allocate(9));
              });
      SecretChannel one = dial(server);
      SecretChannel other = dial(server);
      handling.await();
      server.close();
      one.abort();
      other.abort();
      assertEquals(List.of(), warnings.stream().map(LogRecord::getMessage).toList());
    } finally {
      logger.removeHandler(collector);
    }
  }

  /** A stop under way. Its result is whether its thread was left interrupted. */
  static final class Stop {
    final FutureTask<Boolean> result;
    final Thread thread;

    Stop(SecretServer server, Duration grace, boolean interrupted) {
      result =
          new FutureTask<>(
              () -> {
                if (interrupted) {
                  Thread.currentThread().interrupt();
                }
                server.stop(grace);
                return Thread.interrupted();
              });
      thread = new Thread(result, "test-stop");
      thread.setDaemon(true);
      thread.start();
    }

    /** Waits until it waits for handlers or for channels that take leave, or does not wait. */
    void awaitWaiting() throws InterruptedException {
      Waiting.until(() -> Waiting.isIn(thread, Connections.class, "awaitNone") || result.isDone());
    }
  }

  /** Collects warnings. */
  private static final class Collector extends Handler {
    private final Queue<LogRecord> warnings;

    Collector(Queue<LogRecord> warnings) {
      this.warnings = warnings;
    }

    @Override
    public void publish(LogRecord record) {
      if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
        warnings.add(record);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static SecretServer start(SecretServer.Handler handler) throws IOException {
    return SecretServer.builder(Peers.SERVER)
        .authorizer(Authorizer.anyone())
        .handler(handler)
        .start(Peers.anyPort());
  }

  private static SecretChannel dial(SecretServer server) throws IOException {
    return Peers.CLIENT.connect(SocketChannel.open(server.localAddress()), Peers.BOBS_KEY);
  }
}
