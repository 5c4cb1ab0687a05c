package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.ServerKey;

/** What a server tells its listener, and what it counts, for each way a connection can end. */
@Timeout(60)
class ServerListenerTest {
  private static final SecretServer.Handler ECHO =
      channel -> channel.inputStream().transferTo(channel.outputStream());

  /** One call of a listener, and whether the channel was open then. */
  private record Call(String name, SecretChannel channel, boolean open, Throwable failure) {
    Call(String name, SecretChannel channel, Throwable failure) {
      this(name, channel, channel != null && channel.isOpen(), failure);
    }
  }

  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final ServerCounters counters = new ServerCounters();

  @Test
  void aChannelIsOpenedAndClosedWithItsBytes() throws Exception {
    try (SecretServer server = server(Peers.SERVER, ECHO).start(Peers.anyPort())) {
      try (SecretChannel channel = dial(server)) {
        Call opened = next("opened");
        assertTrue(opened.open());
        assertEquals(Peers.ALICE.publicKey(), opened.channel().peer());
        assertEquals(1, counters.openChannels());
        channel.write(ByteBuffer.allocate(100_000));
        channel.shutdownOutput();
        assertEquals(100_000, channel.inputStream().readAllBytes().length);
        assertEquals(100_000, channel.bytesWritten());
        assertEquals(100_000, channel.bytesRead());
      }
      Call closed = next("closed");
      assertNull(closed.failure());
      assertFalse(closed.open());
    }
    assertEquals(1, counters.channelsOpened());
    assertEquals(0, counters.openChannels());
    assertEquals(100_000, counters.bytesRead());
    assertEquals(100_000, counters.bytesWritten());
    assertEquals(0, failures(), "our own first visitor is not counted either");
    assertEquals(0, calls.size());
  }

  @Test
  void aWrongNumberIsABadClientAuth() throws Exception {
    try (SecretServer server = server(Peers.SERVER, ECHO).start(Peers.anyPort());
        SocketChannel socket = SocketChannel.open(server.localAddress())) {
      ServerKey another = Peers.CLIENT.serverKey(Peers.ALICE.publicKey());
      assertThrows(HandshakeException.class, () -> Peers.CLIENT.connect(socket, another));
      assertFailed(Reason.BAD_CLIENT_AUTH);
    }
  }

  @Test
  void aStrangerOfAnotherNetworkIsAWrongNetwork() throws Exception {
    try (SecretServer server = server(Peers.SERVER, ECHO).start(Peers.anyPort());
        SecretHandshake elsewhere =
            SecretHandshake.builder()
                .crypto(Peers.CRYPTO)
                .network(NetworkKey.of(new byte[32]))
                .identity(Peers.ALICE)
                .build();
        SocketChannel socket = SocketChannel.open(server.localAddress())) {
      ServerKey bob = elsewhere.serverKey(Peers.BOB.publicKey());
      assertThrows(HandshakeException.class, () -> elsewhere.connect(socket, bob));
      assertFailed(Reason.WRONG_NETWORK);
    }
  }

  @Test
  void aClientThatLeavesIsClosedByPeer() throws Exception {
    try (SecretServer server = server(Peers.SERVER, ECHO).start(Peers.anyPort())) {
      SocketChannel.open(server.localAddress()).close();
      assertFailed(Reason.CLOSED_BY_PEER);
    }
  }

  @Test
  void aSilentClientIsATimeout() throws Exception {
    SecretHandshake hasty = Peers.side(Peers.BOB, Duration.ofMillis(300));
    try (SecretServer server = server(hasty, ECHO).start(Peers.anyPort());
        SocketChannel silent = SocketChannel.open(server.localAddress())) {
      assertFailed(Reason.TIMEOUT);
      assertTrue(silent.isOpen());
    }
  }

  @Test
  void aClientThatIsNotLetInIsRefused() throws Exception {
    try (SecretServer server =
        server(Peers.SERVER, ECHO).authorizer(client -> Optional.empty()).start(Peers.anyPort())) {
      assertThrows(HandshakeException.class, () -> dial(server));
      assertFailed(Reason.REFUSED);
    }
  }

  @Test
  void anAuthorizerThatThrowsIsAReasonOfItsOwn() throws Exception {
    try (SecretServer server =
        server(Peers.SERVER, ECHO)
            .authorizer(
                client -> {
                  throw new IOException("the directory is gone");
                })
            .start(Peers.anyPort())) {
      assertThrows(HandshakeException.class, () -> dial(server));
      assertFailed(Reason.AUTHORIZER_FAILED);
    }
  }

  @Test
  void aStrangerThatMakesRoomIsNoRoom() throws Exception {
    try (SecretServer server = server(Peers.SERVER, ECHO).maxHandshakes(1).start(Peers.anyPort());
        SocketChannel stranger = SocketChannel.open(server.localAddress());
        SocketChannel next = SocketChannel.open(server.localAddress())) {
      assertFailed(Reason.NO_ROOM);
      assertTrue(stranger.isOpen() && next.isOpen());
      assertEquals(1, server.dropped());
    }
  }

  @Test
  void anExecutorThatRefusesIsAnAcceptFailure() throws Exception {
    AtomicInteger tasks = new AtomicInteger();
    try (SecretServer server =
        server(Peers.SERVER, ECHO)
            .executor(
                task -> {
                  if (tasks.getAndIncrement() == 0) {
                    throw new RejectedExecutionException("the queue is full");
                  }
                  Peers.THREADS.execute(task);
                })
            .start(Peers.anyPort())) {
      try (SocketChannel unlucky = SocketChannel.open(server.localAddress())) {
        Call failed = next("not taken");
        assertInstanceOf(RejectedExecutionException.class, failed.failure());
        assertEquals(-1, unlucky.read(ByteBuffer.allocate(9)));
      }
      dial(server).close();
      next("opened");
      next("closed");
    }
    assertEquals(1, counters.acceptFailures());
    assertEquals(1, counters.channelsOpened());
    assertEquals(0, failures());
  }

  @Test
  void aPeerThatVanishesCutsItsChannel() throws Exception {
    try (SecretServer server = server(Peers.SERVER, ECHO).start(Peers.anyPort())) {
      dial(server).abort();
      assertCut(BoxStreamException.Reason.TRUNCATED);
    }
  }

  @Test
  void aSilentChannelIsATimeout() throws Exception {
    try (SecretServer server =
            server(
                    Peers.SERVER,
                    channel -> {
                      channel.idleTimeout(Duration.ofMillis(100));
                      channel.read(ByteBuffer.allocate(9));
                    })
                .start(Peers.anyPort());
        SecretChannel silent = dial(server)) {
      assertCut(BoxStreamException.Reason.TIMEOUT);
      assertNotNull(silent);
    }
  }

  static List<Throwable> failuresOfHandlers() {
    return List.of(
        new IOException("the disk is full"),
        new IllegalStateException("the disk is full"),
        new StackOverflowError("the disk is full"));
  }

  @ParameterizedTest
  @MethodSource("failuresOfHandlers")
  void aHandlerThatThrowsIsAFailedHandler(Throwable failure) throws Exception {
    try (SecretServer server =
        server(
                Peers.SERVER,
                channel -> {
                  if (failure instanceof Error error) {
                    throw error;
                  }
                  throw (Exception) failure;
                })
            .start(Peers.anyPort())) {
      SecretChannel client = dial(server);
      next("opened");
      Call closed = next("closed");
      assertSame(failure, closed.failure());
      assertFalse(closed.open());
      assertFalse(Ending.of(client).goodbye(), "nobody knows whether all was sent");
    }
    assertEquals(1, counters.handlersFailed());
    assertEquals(0, counters.openChannels());
  }

  @Test
  void aHandshakeThatAStopCutsBetweenMessagesIsNobodysFault() throws Exception {
    SecretServer server = server(Peers.SERVER, ECHO).start(Peers.anyPort());
    try (SocketChannel socket = SocketChannel.open(server.localAddress());
        ClientHandshake client = Peers.CLIENT.client(Peers.BOBS_KEY)) {
      ByteBuffer clientHello = ByteBuffer.allocate(client.bytesToSend());
      client.send(clientHello);
      socket.write(clientHello.flip());
      ByteBuffer serverHello = ByteBuffer.allocate(client.bytesNeeded());
      while (serverHello.hasRemaining()) {
        assertTrue(socket.read(serverHello) >= 0);
      }
      server.close();
    }
    assertInstanceOf(AsynchronousCloseException.class, next("failed").failure());
    assertEquals(1, counters.handshakesBroken());
    assertEquals(1, failures(), "and nothing else is counted");
  }

  @Test
  void aHandshakeThatAStopCutsIsNobodysFault() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    SecretServer server =
        server(Peers.SERVER, ECHO)
            .authorizer(
                client -> {
                  asked.countDown();
                  new CountDownLatch(1).await();
                  return Optional.empty();
                })
            .start(Peers.anyPort());
    Future<?> client = Peers.THREADS.submit(() -> dial(server));
    asked.await();
    try (SocketChannel silent = SocketChannel.open(server.localAddress())) {
      server.close();
      assertEquals(-1, silent.read(ByteBuffer.allocate(9)));
    } catch (IOException reset) {
      // It was still in the backlog.
    }
    assertThrows(Exception.class, client::get);
    Call failed = next("failed");
    assertInstanceOf(AsynchronousCloseException.class, failed.failure());
    assertTrue(counters.handshakesBroken() >= 1);
    for (Reason reason : Reason.values()) {
      assertEquals(0, counters.handshakesFailed(reason), reason.name());
    }
  }

  @Test
  void aClientThatIsRefusedIsToldAsRefusedThoughTheServerStopsBeforeItClosesOnIt()
      throws Exception {
    CompletableFuture<Thread> serving = new CompletableFuture<>();
    SecretServer server =
        server(Peers.SERVER, ECHO)
            .authorizer(
                Authorizer.async(
                    client -> {
                      serving.complete(Thread.currentThread());
                      return CompletableFuture.completedFuture(Optional.empty());
                    }))
            .start(Peers.anyPort());
    Future<?> client = Peers.THREADS.submit(() -> dial(server));
    Thread thread = serving.get();
    Waiting.until(() -> LockSupport.getBlocker(thread) instanceof RefusalTime || !calls.isEmpty());
    server.close();
    assertThrows(Exception.class, client::get);
    assertInstanceOf(HandshakeException.class, next("failed").failure());
    assertEquals(1, counters.handshakesFailed(Reason.REFUSED));
    assertEquals(0, counters.handshakesBroken());
  }

  @Test
  void allChannelsAreToldAsClosedBeforeAStopReturns() throws Exception {
    SecretServer server = server(Peers.SERVER, ECHO).start(Peers.anyPort());
    List<SecretChannel> open = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      open.add(dial(server));
      next("opened");
    }
    assertEquals(20, counters.openChannels());
    server.close();
    assertEquals(0, counters.openChannels());
    assertEquals(20, counters.handlersFailed(), "each was cut in its read");
    open.forEach(SecretChannel::abort);
  }

  @Test
  void manyAtOnceAreAllCounted() throws Exception {
    try (SecretServer server = server(Peers.SERVER, ECHO).start(Peers.anyPort())) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        clients.add(Peers.THREADS.submit(() -> echoTimes(server, 10)));
      }
      for (Future<?> client : clients) {
        client.get();
      }
      server.stop(Duration.ofSeconds(20));
    }
    assertEquals(80, counters.channelsOpened());
    assertEquals(0, counters.openChannels());
    assertEquals(80 * 1000, counters.bytesRead());
    assertEquals(80 * 1000, counters.bytesWritten());
    assertEquals(0, failures());
  }

  @Test
  void aListenerThatThrowsHarmsNeitherServerNorOtherListeners() throws Exception {
    RecordedLog log = new RecordedLog();
    try (log;
        SecretServer server =
            SecretServer.builder(Peers.SERVER)
                .authorizer(Authorizer.anyone())
                .handler(ECHO)
                .listener(new Failing())
                .listener(counters)
                .start(Peers.anyPort())) {
      echoTimes(server, 3);
      server.stop(Duration.ofSeconds(20));
    }
    assertEquals(3, counters.channelsOpened());
    assertEquals(0, counters.openChannels());
    List<String> lines = log.linesWith("listener failed");
    assertEquals(1, lines.size(), "told once, though it failed six times: " + lines);
  }

  /** Fails at every call, in ways that must not end a connection. */
  private static final class Failing implements ServerListener {
    @Override
    public void handshakeFailed(Throwable reason, SocketAddress client) {
      throw new IllegalStateException("the listener is ill");
    }

    @Override
    public void channelOpened(SecretChannel channel, Duration handshake) {
      throw new StackOverflowError("the listener is ill");
    }

    @Override
    public void channelClosed(SecretChannel channel, Duration open, Throwable failure) {
      throw new IllegalStateException("the listener is ill");
    }
  }

  private SecretServer.Builder server(SecretHandshake shs, SecretServer.Handler handler) {
    return SecretServer.builder(shs)
        .authorizer(Authorizer.anyone())
        .handler(handler)
        .listener(counters)
        .listener(new Recorder());
  }

  private final class Recorder implements ServerListener {
    @Override
    public void handshakeFailed(Throwable reason, SocketAddress client) {
      calls.add(new Call("failed", null, reason));
    }

    @Override
    public void channelOpened(SecretChannel channel, Duration handshake) {
      assertLasted(handshake);
      calls.add(new Call("opened", channel, null));
    }

    @Override
    public void channelClosed(SecretChannel channel, Duration open, Throwable failure) {
      assertLasted(open);
      calls.add(new Call("closed", channel, failure));
    }

    @Override
    public void acceptFailed(Throwable cause) {
      calls.add(new Call("not taken", null, cause));
    }

    /** Not longer than a test may last. Thrown here, it is missed as a call. */
    private void assertLasted(Duration time) {
      assertTrue(time.toNanos() > 0 && time.toSeconds() < 60, time::toString);
    }
  }

  private Call next(String name) throws InterruptedException {
    Call call = calls.poll(20, TimeUnit.SECONDS);
    assertNotNull(call, "nothing was told; expected: " + name);
    assertEquals(name, call.name(), call::toString);
    return call;
  }

  private void assertFailed(Reason reason) throws InterruptedException {
    HandshakeException failure =
        assertInstanceOf(HandshakeException.class, next("failed").failure());
    assertEquals(reason, failure.reason());
    assertEquals(1, counters.handshakesFailed(reason));
    assertEquals(1, failures(), "and nothing else is counted");
    assertEquals(0, counters.channelsOpened());
  }

  private void assertCut(BoxStreamException.Reason reason) throws InterruptedException {
    next("opened");
    BoxStreamException cut = assertInstanceOf(BoxStreamException.class, next("closed").failure());
    assertEquals(reason, cut.reason());
    assertEquals(1, counters.channelsCut(reason));
    assertEquals(0, counters.handlersFailed());
    assertEquals(0, counters.openChannels());
  }

  private long failures() {
    long failures = counters.handshakesBroken();
    for (Reason reason : Reason.values()) {
      failures += counters.handshakesFailed(reason);
    }
    return failures;
  }

  private static SecretChannel dial(SecretServer server) throws IOException {
    return Peers.CLIENT.connect(SocketChannel.open(server.localAddress()), Peers.BOBS_KEY);
  }

  private static Void echoTimes(SecretServer server, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      try (SecretChannel channel = dial(server)) {
        channel.write(ByteBuffer.allocate(1000));
        channel.shutdownOutput();
        assertEquals(1000, channel.inputStream().readAllBytes().length);
      }
    }
    return null;
  }
}
