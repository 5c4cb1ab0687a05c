package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;

/** Nothing ends the accept loop, and nobody who stalls shuts out who does not. */
class AcceptLoopTest {
  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

  @Test
  void survivesAHandlerThatInterruptsItsOwnThread() throws Exception {
    try (SecretServer server =
        echo(channel -> {
              channel.inputStream().transferTo(channel.outputStream());
              Thread.currentThread().interrupt();
            })
            .executor(Runnable::run)
            .start(Peers.anyPort())) {
      for (int i = 0; i < 5; i++) {
        assertEchoes(server);
      }
    }
  }

  @Test
  void listensAgainWhenItsThreadIsInterruptedInAccept() throws Exception {
    CompletableFuture<Thread> acceptor = new CompletableFuture<>();
    try (SecretServer server =
        echo(channel -> {
              acceptor.complete(Thread.currentThread());
              channel.inputStream().transferTo(channel.outputStream());
            })
            .executor(Runnable::run)
            .start(Peers.anyPort())) {
      assertEchoes(server);
      acceptor.get().interrupt();
      assertEchoesSoon(server);
    }
  }

  @Test
  void survivesAnExecutorThatFailsEverySecondTime() throws Exception {
    AtomicInteger tasks = new AtomicInteger();
    try (SecretServer server =
        echo(AcceptLoopTest::transfer)
            .executor(
                task -> {
                  if (tasks.getAndIncrement() % 2 == 0) {
                    throw new OutOfMemoryError("unable to create native thread");
                  }
                  Peers.THREADS.execute(task);
                })
            .start(Peers.anyPort())) {
      for (int i = 0; i < 4; i++) {
        assertEchoesSoon(server);
      }
    }
  }

  @Test
  void survivesALogThatFails() throws Exception {
    Logger logger = Logger.getLogger(SecretServer.class.getName());
    AtomicInteger records = new AtomicInteger();
    Handler failing =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            records.incrementAndGet();
            throw new NoClassDefFoundError("no descriptor to load a class with");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(failing);
    AtomicInteger tasks = new AtomicInteger();
    try (SecretServer server =
        echo(AcceptLoopTest::transfer)
            .executor(
                task -> {
                  if (tasks.getAndIncrement() < 2) {
                    throw new IllegalStateException("the executor is ill");
                  }
                  Peers.THREADS.execute(task);
                })
            .start(Peers.anyPort())) {
      assertEchoesSoon(server);
      assertTrue(records.get() > 0, "it tried to log");
    } finally {
      logger.removeHandler(failing);
    }
  }

  @Test
  void servesHonestClientsBesideManyThatStallAndDrip() throws Exception {
    List<SocketChannel> stalled = new CopyOnWriteArrayList<>();
    try (SecretServer server =
        echo(AcceptLoopTest::transfer).maxHandshakes(32).start(Peers.anyPort())) {
      Future<?> attack = Peers.THREADS.submit(() -> stall(server, stalled, 500));
      while (stalled.size() < 100) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      for (int i = 0; i < 6; i++) {
        long start = System.nanoTime();
        assertEchoes(server);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(SecretHandshake.DEFAULT_TIMEOUT) < 0, "served in " + took);
      }
      attack.get();
      HandshakeException reason =
          assertInstanceOf(HandshakeException.class, failures.poll(10, TimeUnit.SECONDS));
      assertEquals(Reason.NO_ROOM, reason.reason());
      assertTrue(server.dropped() > 0, "and it is counted");
    } finally {
      for (SocketChannel socket : stalled) {
        socket.close();
      }
    }
  }

  @Test
  void givesTheOnlyChannelToAnHonestClientThoughStrangersHoldItsPlace() throws Exception {
    try (SecretServer server =
            echo(AcceptLoopTest::transfer).maxChannels(1).start(Peers.anyPort());
        SocketChannel stranger = SocketChannel.open(server.localAddress())) {
      assertEchoes(server);
      assertEquals(-1, stranger.read(ByteBuffer.allocate(9)));
    }
  }

  @Test
  void keepsNoPlaceForAnAuthorizerThatOverruns() throws Exception {
    SecretHandshake hasty = Peers.side(Peers.BOB, Duration.ofMillis(300));
    AtomicInteger lookups = new AtomicInteger();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    try (SecretServer server =
        SecretServer.builder(hasty)
            .authorizer(
                client -> {
                  if (lookups.getAndIncrement() == 0) {
                    try {
                      TimeUnit.HOURS.sleep(1);
                    } catch (InterruptedException e) {
                      interrupted.complete(true);
                      TimeUnit.SECONDS.sleep(2);
                    }
                  }
                  return java.util.Optional.of(client);
                })
            .handler(AcceptLoopTest::transfer)
            .listener((reason, client) -> failures.add(reason))
            .maxHandshakes(1)
            .start(Peers.anyPort())) {
      Future<SecretChannel> first = Peers.THREADS.submit(() -> dial(server));
      HandshakeException reason =
          assertInstanceOf(HandshakeException.class, failures.poll(10, TimeUnit.SECONDS));
      assertEquals(Reason.TIMEOUT, reason.reason());
      assertTrue(reason.getMessage().contains("Our authorizer did not answer"));
      assertEchoes(server);
      assertTrue(interrupted.get());
      org.junit.jupiter.api.Assertions.assertThrows(Exception.class, first::get);
    }
  }

  /** Connections from many addresses; some send nothing, some a byte now and then. */
  private static Void stall(SecretServer server, List<SocketChannel> stalled, int count)
      throws Exception {
    for (int i = 0; i < count; i++) {
      SocketChannel socket = SocketChannel.open();
      stalled.add(socket);
      byte[] from = {127, 0, (byte) (1 + i / 200), (byte) (1 + i % 200)};
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(from), 0));
      socket.connect(server.localAddress());
      for (SocketChannel drips : stalled.subList(Math.max(0, i - 3), i)) {
        try {
          drips.write(ByteBuffer.wrap(new byte[1]));
        } catch (IOException e) {
          // It was cut.
        }
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return null;
  }

  private SecretServer.Builder echo(SecretServer.Handler handler) {
    return SecretServer.builder(Peers.SERVER)
        .authorizer(Authorizer.anyone())
        .handler(handler)
        .listener((reason, client) -> failures.add(reason));
  }

  private static void transfer(SecretChannel channel) throws IOException {
    channel.inputStream().transferTo(channel.outputStream());
  }

  private static SecretChannel dial(SecretServer server) throws IOException {
    return Peers.side(Peers.ALICE, SecretHandshake.DEFAULT_TIMEOUT)
        .connect(SocketChannel.open(server.localAddress()), Peers.BOBS_KEY);
  }

  private static void assertEchoes(SecretServer server) throws IOException {
    try (SecretChannel channel = dial(server)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      channel.shutdownOutput();
      assertEquals(3, channel.inputStream().readAllBytes().length);
    }
  }

  /** Dials until it works: the server may have to recover first. */
  private static void assertEchoesSoon(SecretServer server) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (true) {
      try {
        assertEchoes(server);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }
}
