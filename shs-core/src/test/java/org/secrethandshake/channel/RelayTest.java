package org.secrethandshake.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.BoxStreamException.Reason;

@Timeout(30)
class RelayTest {
  private static final int BYTES = 3_000_001;

  private ChannelPair secret;
  private Transports.Pair plain;

  @BeforeEach
  void connect() throws Exception {
    secret = Peers.overTcp();
    plain = Peers.tcp();
  }

  @AfterEach
  void close() throws IOException {
    secret.client().abort();
    secret.server().abort();
    plain.left().close();
    plain.right().close();
  }

  @Test
  void passesEveryByteAndEachEndByItself() throws Exception {
    Future<Void> relay = relay(secret.server(), plain.left());
    byte[] request = random(1);
    byte[] answer = random(2);
    CompletableFuture<byte[]> asked =
        CompletableFuture.supplyAsync(() -> readAll(plain.right()), Peers.THREADS);

    secret.client().write(ByteBuffer.wrap(request));
    secret.client().shutdownOutput();
    assertArrayEquals(request, asked.get());

    // The other direction is still open, and ends when the socket's output does.
    CompletableFuture<byte[]> answered =
        CompletableFuture.supplyAsync(() -> readAll(secret.client()), Peers.THREADS);
    writeAll(plain.right(), answer);
    ((SocketChannel) plain.right()).shutdownOutput();
    assertArrayEquals(answer, answered.get());
    relay.get();
    assertFalse(secret.server().isOpen());
    assertFalse(plain.left().isOpen());
  }

  @Test
  void passesTheEndOfASocketOnAsGoodbyeWhileTheAnswerIsStillToCome() throws Exception {
    Future<Void> relay = relay(plain.left(), secret.server());
    ((SocketChannel) plain.right()).shutdownOutput();
    assertEquals(new Ending(0, true), Ending.of(secret.client()));
    secret.client().write(ByteBuffer.wrap("late".getBytes(UTF_8)));
    secret.client().shutdownOutput();
    assertEquals("late", new String(readAll(plain.right()), UTF_8));
    relay.get();
    assertFalse(plain.left().isOpen());
  }

  /** A socket that is still reset by its close would drop what the system has not sent yet. */
  @Test
  void returnsWithoutLosingWhatASlowReaderHasNotTaken() throws Exception {
    ((SocketChannel) plain.left()).setOption(StandardSocketOptions.SO_SNDBUF, 200_000);
    ((SocketChannel) plain.right()).setOption(StandardSocketOptions.SO_RCVBUF, 4_000);
    Future<Void> relay = relay(plain.left(), secret.server());
    ((SocketChannel) plain.right()).shutdownOutput();
    assertEquals(new Ending(0, true), Ending.of(secret.client()));
    byte[] answer = Arrays.copyOf(random(3), 150_000);
    secret.client().write(ByteBuffer.wrap(answer));
    secret.client().shutdownOutput();
    relay.get();
    assertArrayEquals(answer, readAll(plain.right()));
  }

  @Test
  void passesTheResetOfASocketOnAsCut() throws Exception {
    Future<Void> relay = relay(secret.server(), plain.left());
    writeAll(plain.right(), "part".getBytes(UTF_8));
    assertEquals(4, secret.client().read(ByteBuffer.allocate(10)));
    reset(plain.right());
    assertFalse(Ending.of(secret.client()).goodbye());
    assertEquals("Connection reset", failure(relay).getMessage());
  }

  @Test
  void passesTheCutOfASecretChannelOnAsReset() throws Exception {
    Future<Void> relay = relay(secret.server(), plain.left());
    secret.client().write(ByteBuffer.wrap("part".getBytes(UTF_8)));
    assertEquals(4, plain.right().read(ByteBuffer.allocate(10)));
    secret.client().abort();
    IOException seen =
        assertThrows(IOException.class, () -> plain.right().read(ByteBuffer.allocate(10)));
    assertEquals("Connection reset", seen.getMessage());
    assertEquals(
        Reason.TRUNCATED, assertInstanceOf(BoxStreamException.class, failure(relay)).reason());
  }

  @Test
  void passesTheCutOfASecretChannelOnToTheOther() throws Exception {
    try (ChannelPair other = Peers.overTcp()) {
      Future<Void> relay = relay(secret.server(), other.client());
      secret.client().abort();
      assertFalse(Ending.of(other.server()).goodbye());
      assertInstanceOf(BoxStreamException.class, failure(relay));
    }
  }

  @Test
  void resetsASocketBelowStreams() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, Peers.anyPort().getAddress());
        Socket dialled = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket accepted = listener.accept()) {
      Future<Void> relay = relay(secret.server(), Transports.of(accepted));
      secret.client().abort();
      assertEquals(
          "Connection reset",
          assertThrows(IOException.class, () -> dialled.getInputStream().read()).getMessage());
      failure(relay);
    }
  }

  @Test
  void noticesThatAPeerIsGoneWhichHasOnlySaidGoodbye() throws Exception {
    Future<Void> relay = relay(secret.server(), plain.left());
    secret.client().shutdownOutput();
    assertEquals(-1, plain.right().read(ByteBuffer.allocate(1)));
    secret.client().abort();
    assertEquals(
        Reason.TRUNCATED, assertInstanceOf(BoxStreamException.class, failure(relay)).reason());
    // The answer is for nobody, and its writer learns that.
    assertThrows(
        IOException.class,
        () -> {
          while (true) {
            writeAll(plain.right(), new byte[BYTES]);
          }
        });
  }

  @Test
  void cutsBothWhenInterrupted() throws Exception {
    CompletableFuture<Thread> runner = new CompletableFuture<>();
    Future<Void> relay =
        Peers.THREADS.submit(
            () -> {
              runner.complete(Thread.currentThread());
              Relay.join(secret.server(), plain.left());
              return null;
            });
    runner.get().interrupt();
    assertInstanceOf(ClosedByInterruptException.class, failure(relay));
    assertFalse(Ending.of(secret.client()).goodbye());
    assertThrows(IOException.class, () -> plain.right().read(ByteBuffer.allocate(1)));
  }

  /** An interrupt closes the socket in which it finds the thread, and that must be no end. */
  @Test
  void resetsTheSocketThatItIsInterruptedIn() throws Exception {
    CompletableFuture<Thread> runner = new CompletableFuture<>();
    Future<Void> relay =
        Peers.THREADS.submit(
            () -> {
              runner.complete(Thread.currentThread());
              Relay.join(plain.left(), secret.server());
              return null;
            });
    writeAll(plain.right(), "part".getBytes(UTF_8));
    assertEquals(4, secret.client().read(ByteBuffer.allocate(10)));
    runner.get().interrupt();
    assertInstanceOf(ClosedByInterruptException.class, failure(relay));
    assertEquals(
        "Connection reset",
        assertThrows(IOException.class, () -> plain.right().read(ByteBuffer.allocate(1)))
            .getMessage());
  }

  @Test
  void cutsBothWhenInterruptedAfterOneDirectionHasEnded() throws Exception {
    CompletableFuture<Thread> runner = new CompletableFuture<>();
    Future<Boolean> relay =
        Peers.THREADS.submit(
            () -> {
              runner.complete(Thread.currentThread());
              assertThrows(
                  ClosedByInterruptException.class,
                  () -> Relay.join(plain.left(), secret.server()));
              return Thread.interrupted();
            });
    ((SocketChannel) plain.right()).shutdownOutput();
    assertEquals(new Ending(0, true), Ending.of(secret.client()));
    runner.get().interrupt();
    assertTrue(relay.get(), "the interrupt is kept");
    assertThrows(IOException.class, () -> plain.right().read(ByteBuffer.allocate(1)));
  }

  @Test
  void relaysToASocketOfTheUnixDomain(@TempDir Path folder) throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
    try (ServerSocketChannel listener =
            ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        SocketChannel dialled = SocketChannel.open(address);
        SocketChannel accepted = listener.accept()) {
      Future<Void> relay = relay(secret.server(), accepted);
      secret.client().write(ByteBuffer.wrap("there".getBytes(UTF_8)));
      secret.client().shutdownOutput();
      assertEquals("there", new String(readAll(dialled), UTF_8));
      writeAll(dialled, "back".getBytes(UTF_8));
      dialled.shutdownOutput();
      assertEquals("back", new String(readAll(secret.client()), UTF_8));
      relay.get();
    }
  }

  @Test
  void relaysToStreamsAndClosesTheirOutputAtTheEnd() throws Exception {
    PipedInputStream there = new PipedInputStream();
    PipedOutputStream back = new PipedOutputStream();
    ByteChannel streams =
        Transports.of(new PipedInputStream(back), new PipedOutputStream(there), () -> {});
    Future<Void> relay = relay(secret.server(), streams);
    secret.client().write(ByteBuffer.wrap("there".getBytes(UTF_8)));
    secret.client().shutdownOutput();
    assertEquals("there", new String(there.readAllBytes(), UTF_8));
    back.close();
    assertEquals(new Ending(0, true), Ending.of(secret.client()));
    relay.get();
  }

  @Test
  void readsNoFurtherThanItCanWrite() throws Exception {
    AtomicLong read = new AtomicLong();
    CountDownLatch full = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            read.addAndGet(length);
            return length;
          }
        };
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int oneByte) throws IOException {
            throw new IOException("it is stuck");
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            full.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            throw new IOException("it was stuck");
          }
        };
    Future<Void> relay =
        relay(
            Transports.of(endless, OutputStream.nullOutputStream(), () -> {}),
            Transports.of(InputStream.nullInputStream(), stuck, () -> {}));
    full.await();
    long whileStuck = read.get();
    release.countDown();
    assertEquals("it was stuck", failure(relay).getMessage());
    assertEquals(whileStuck, read.get());
    assertTrue(whileStuck <= 64 * 1024, () -> whileStuck + " bytes");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesAChannelWhoseOutputCannotBeEndedAlone(boolean left) {
    ByteChannel inMemory = Transports.pair().left();
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Relay.join(left ? inMemory : secret.server(), left ? secret.server() : inMemory));
    assertTrue(refused.getMessage().contains("end the output of a channel alone"));
    assertFalse(inMemory.isOpen());
    assertFalse(secret.server().isOpen());
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, NoClassDefFoundError.class})
  void cutsBothAndThrowsWhatAStreamThrowsThatIsNoIOException(Class<? extends Throwable> type)
      throws Exception {
    CompletableFuture<Boolean> closed = new CompletableFuture<>();
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            if (type == NoClassDefFoundError.class) {
              throw new NoClassDefFoundError("broken");
            }
            throw new IllegalStateException("broken");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };
    ByteChannel streams =
        Transports.of(broken, OutputStream.nullOutputStream(), () -> closed.complete(true));
    Throwable failure = failure(relay(streams, secret.server()));
    assertEquals(type, failure.getClass());
    assertEquals("broken", failure.getMessage());
    assertTrue(closed.get());
    assertFalse(Ending.of(secret.client()).goodbye());
  }

  @Test
  void servesAsHandlerInOneLine() throws Exception {
    try (ServerSocketChannel echo = ServerSocketChannel.open().bind(Peers.anyPort());
        SecretServer server =
            SecretServer.builder(Peers.SERVER)
                .authorizer(Authorizer.anyone())
                .handler(channel -> Relay.join(channel, SocketChannel.open(echo.getLocalAddress())))
                .start(Peers.anyPort())) {
      Peers.THREADS.submit(
          () -> {
            try (SocketChannel client = echo.accept()) {
              writeAll(client, readAll(client));
            }
            return null;
          });
      try (SecretChannel client =
          Peers.CLIENT.connect(SocketChannel.open(server.localAddress()), Peers.BOBS_KEY)) {
        client.write(ByteBuffer.wrap("hello".getBytes(UTF_8)));
        client.shutdownOutput();
        assertEquals("hello", new String(readAll(client), UTF_8));
      }
    }
  }

  private static Future<Void> relay(ByteChannel left, ByteChannel right) {
    return Peers.THREADS.submit(
        () -> {
          Relay.join(left, right);
          return null;
        });
  }

  private static Throwable failure(Future<Void> relay) {
    return assertThrows(ExecutionException.class, relay::get).getCause();
  }

  private static void reset(ByteChannel channel) throws IOException {
    ((SocketChannel) channel).setOption(StandardSocketOptions.SO_LINGER, 0);
    channel.close();
  }

  private static byte[] random(int seed) {
    byte[] bytes = new byte[BYTES];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static void writeAll(ByteChannel channel, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  private static byte[] readAll(ByteChannel channel) {
    try {
      return Channels.newInputStream(channel).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
