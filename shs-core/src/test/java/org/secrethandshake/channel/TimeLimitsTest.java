package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.BoxStreamException.Reason;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.handshake.Session;

class TimeLimitsTest {
  private static final Duration BRIEF = Duration.ofMillis(200);

  @ParameterizedTest
  @EnumSource
  void endARead(Wire wire) throws Exception {
    ChannelPair pair = wire.connect();
    pair.client().readTimeout(BRIEF);
    assertTimeout("read timeout (200 ms)", () -> pair.client().read(ByteBuffer.allocate(9)));
    assertTimeout("read timeout (200 ms)", () -> pair.client().write(ByteBuffer.allocate(9)));
    assertFalse(Ending.of(pair.server()).goodbye());
    pair.server().abort();
  }

  @Test
  void endAReadWhoseBytesDripIn() throws Exception {
    Peers.RawServer peer = Peers.RawServer.over(Peers.tcp());
    peer.client().readTimeout(BRIEF);
    ByteBuffer packet = ByteBuffer.allocate(Boxer.packetBytes(100));
    try (Session session = peer.session();
        Boxer boxer = session.boxer()) {
      boxer.box(ByteBuffer.allocate(100), packet);
    }
    Future<?> drip =
        Peers.THREADS.submit(
            () -> {
              for (byte b : packet.array()) {
                peer.send(new byte[] {b});
                TimeUnit.MILLISECONDS.sleep(20);
              }
              return null;
            });
    assertTimeout("read timeout (200 ms)", () -> peer.client().read(ByteBuffer.allocate(200)));
    assertThrows(ExecutionException.class, drip::get, "the connection is cut");
  }

  @Test
  void startAnewForEachRead() throws Exception {
    try (ChannelPair pair = Wire.SOCKET_CHANNEL.connect()) {
      pair.client().readTimeout(Duration.ofSeconds(2));
      for (int i = 0; i < 8; i++) {
        TimeUnit.MILLISECONDS.sleep(300);
        pair.server().write(ByteBuffer.wrap(new byte[] {1}));
        assertEquals(1, pair.client().read(ByteBuffer.allocate(9)), "in sum longer than the limit");
      }
      assertTrue(pair.client().isOpen());
    }
  }

  @Test
  void holdForAReadThatIsUnderWayWhenTheyAreSet() throws Exception {
    ChannelPair pair = Wire.MEMORY.connect();
    SecretChannel client = pair.client();
    client.readTimeout(Duration.ofHours(1));
    CompletableFuture<Thread> reading = new CompletableFuture<>();
    Future<Integer> reader =
        Peers.THREADS.submit(
            () -> {
              reading.complete(Thread.currentThread());
              return client.read(ByteBuffer.allocate(9));
            });
    Thread thread = reading.get();
    Waiting.until(() -> Waiting.isBelow(thread, Transports.class, "read"));

    client.readTimeout(BRIEF);

    ExecutionException ended = assertThrows(ExecutionException.class, reader::get);
    BoxStreamException timeout = assertInstanceOf(BoxStreamException.class, ended.getCause());
    assertEquals(BoxStreamException.Reason.TIMEOUT, timeout.reason());
    pair.server().abort();
  }

  @ParameterizedTest
  @EnumSource
  void endAWriteThatThePeerDoesNotTake(Wire wire) throws Exception {
    ChannelPair pair = wire.connect();
    pair.client().writeTimeout(BRIEF);
    assertTimeout(
        "write timeout (200 ms)", () -> pair.client().write(ByteBuffer.allocate(50_000_000)));
    assertFalse(Ending.of(pair.server()).goodbye());
    pair.server().abort();
  }

  @Test
  void letAWriteTakeLongerInSum() throws Exception {
    Duration limit = Duration.ofSeconds(2);
    try (ChannelPair pair = Wire.MEMORY.connect()) {
      pair.client().writeTimeout(limit);
      long begin = System.nanoTime();
      Future<Long> written =
          Peers.THREADS.submit(
              () -> {
                pair.client().write(ByteBuffer.allocate(700_000));
                return System.nanoTime() - begin;
              });
      ByteBuffer part = ByteBuffer.allocate(70_000);
      for (int received = 0; received < 700_000; ) {
        received += pair.server().read(part.clear());
        TimeUnit.MILLISECONDS.sleep(150);
      }
      assertTrue(written.get() > limit.toNanos(), "the whole write was within the limit");
    }
  }

  @ParameterizedTest
  @EnumSource
  void endASilentChannel(Wire wire) throws Exception {
    ChannelPair pair = wire.connect();
    pair.client().idleTimeout(BRIEF);
    assertTimeout("idle timeout (200 ms)", () -> pair.client().read(ByteBuffer.allocate(9)));
    assertFalse(Ending.of(pair.server()).goodbye());
    pair.server().abort();
  }

  /** Bytes of either direction count, at both ends; between two calls their limits do not run. */
  @Test
  void keepAChannelThatIsNotSilent() throws Exception {
    try (ChannelPair pair = Wire.SOCKET_CHANNEL.connect()) {
      pair.server().writeTimeout(Duration.ofSeconds(1));
      pair.server().write(ByteBuffer.wrap(new byte[] {1}));
      pair.client().readTimeout(Duration.ofSeconds(1));
      assertEquals(1, pair.client().read(ByteBuffer.allocate(9)));
      pair.client().idleTimeout(Duration.ofSeconds(2));
      pair.server().idleTimeout(Duration.ofSeconds(2));
      for (int i = 0; i < 8; i++) {
        TimeUnit.MILLISECONDS.sleep(300);
        pair.client().write(ByteBuffer.wrap(new byte[] {1}));
        assertEquals(1, pair.server().read(ByteBuffer.allocate(9)));
      }
      assertTrue(pair.client().isOpen());
      assertTrue(pair.server().isOpen());
    }
  }

  @Test
  void areTakenFromTheConfiguration() throws Exception {
    SecretHandshake hasty =
        SecretHandshake.builder()
            .crypto(Peers.CRYPTO)
            .network(NetworkKey.SCUTTLEBUTT)
            .identity(Peers.BOB)
            .idleTimeout(BRIEF)
            .build();
    Transports.Pair transports = Transports.pair();
    Future<SecretChannel> client =
        Peers.THREADS.submit(() -> Peers.CLIENT.connect(transports.left(), Peers.BOBS_KEY));
    SecretChannel server = hasty.accept(transports.right(), Authorizer.anyone());
    assertTimeout("idle timeout", () -> server.read(ByteBuffer.allocate(9)));
    client.get().abort();
  }

  @Test
  void canBeChangedAtAnyMoment() {
    long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    while (System.nanoTime() < end) {
      ChannelState state = new ChannelState(Transports.pair().left(), () -> {});
      TimeLimits limits = new TimeLimits(state);
      limits.read().set(Duration.ofMillis(1));
      while (System.nanoTime() < end && state.name() == ChannelState.Name.OPEN) {
        // The timer looks once in a millisecond, for a read that may really take so long.
        limits.read().begin();
        limits.read().end();
        limits.idle().set(Duration.ofHours(1));
        limits.idle().begin();
        limits.idle().set(null);
      }
      limits.stop();
      if (state.name() != ChannelState.Name.OPEN) {
        assertTimeout("read timeout", state::requireUsable);
      }
    }
  }

  @Test
  void areToldInTheUnitThatFits() {
    assertEquals("2 s", TimeLimits.seconds(Duration.ofSeconds(2)));
    assertEquals("1500 ms", TimeLimits.seconds(Duration.ofMillis(1500)));
  }

  @Test
  void mustBePositive() throws Exception {
    try (ChannelPair pair = Wire.MEMORY.connect()) {
      for (Duration none : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
        assertThrows(IllegalArgumentException.class, () -> pair.client().readTimeout(none));
        assertThrows(IllegalArgumentException.class, () -> pair.client().writeTimeout(none));
        assertThrows(IllegalArgumentException.class, () -> pair.client().idleTimeout(none));
      }
      pair.client().readTimeout(Duration.ofSeconds(Long.MAX_VALUE));
      pair.client().readTimeout(null);
      pair.client().writeTimeout(null);
      pair.client().idleTimeout(null);
    }
  }

  @Test
  void areJoinedByTheSystemsOwnProbes() throws Exception {
    Transports.Pair sockets = Peers.tcp();
    SocketChannel socket = (SocketChannel) sockets.left();
    SocketSettings.apply(socket);
    assertTrue(socket.getOption(StandardSocketOptions.SO_KEEPALIVE));
    assertTrue(socket.getOption(StandardSocketOptions.TCP_NODELAY));
    socket.supportedOptions().stream()
        .filter(option -> option.name().equals("TCP_KEEPIDLE"))
        .forEach(option -> assertEquals(60, get(socket, option)));
    socket.close();
    sockets.right().close();
  }

  private static Object get(SocketChannel socket, java.net.SocketOption<?> option) {
    try {
      return socket.getOption(option);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertTimeout(
      String part, org.junit.jupiter.api.function.Executable operation) {
    BoxStreamException timeout = assertThrows(BoxStreamException.class, operation);
    assertEquals(Reason.TIMEOUT, timeout.reason());
    assertTrue(timeout.getMessage().contains(part), timeout.getMessage());
  }
}
