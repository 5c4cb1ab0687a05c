package org.secrethandshake.socket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.socket.SocketPair.Kind;

/** What a secret socket does that no other socket does. */
@Timeout(20)
class SecretSocketTest {
  private static final byte[] HELLO = "hello".getBytes(US_ASCII);
  private static final int SERVERS_HANDSHAKE_BYTES = 64 + 80;

  @Test
  void bothSidesKnowWhoIsThere() throws Exception {
    try (SocketPair pair = Kind.SECRET.connect()) {
      SecretSocket client = assertInstanceOf(SecretSocket.class, pair.client());
      SecretSocket server = assertInstanceOf(SecretSocket.class, pair.server());
      assertEquals(SocketPair.BOB.publicKey(), client.peer());
      assertEquals(SocketPair.ALICE.publicKey(), server.peer());
      assertEquals(Optional.empty(), client.authorization(Object.class));
      assertEquals(
          Optional.of(SocketPair.ALICE.publicKey()), server.authorization(IdentityKey.class));
      assertThrows(ClassCastException.class, () -> server.authorization(String.class));
    }
  }

  @Test
  void whatIsPrintedHoldsNoKey() throws Exception {
    try (ServerSocket listener = Kind.SECRET.listen();
        SocketPair pair = SocketPair.accept(listener, () -> dial(listener))) {
      assertTrue(pair.client().toString().startsWith("SecretSocket[addr="));
      assertTrue(listener.toString().startsWith("SecretServerSocket[addr="));
      for (Object printed : List.of(pair.client(), pair.server(), listener)) {
        for (IdentityKeyPair identity : List.of(SocketPair.ALICE, SocketPair.BOB)) {
          assertFalse(printed.toString().contains(identity.publicKey().toString()));
        }
      }
    }
  }

  @Test
  void aCutIsNoEnd() throws Exception {
    try (SocketPair pair = Kind.SECRET.connect()) {
      pair.server().getOutputStream().write(HELLO);
      InputStream in = pair.client().getInputStream();
      assertArrayEquals(HELLO, in.readNBytes(HELLO.length));
      pair.server().setSoLinger(true, 0);
      pair.server().close();
      BoxStreamException cut = assertThrows(BoxStreamException.class, in::read);
      assertTrue(
          Set.of(BoxStreamException.Reason.TRUNCATED, BoxStreamException.Reason.TRANSPORT)
              .contains(cut.reason()),
          cut::toString);
    }
  }

  @Test
  void theEndOfTheConnectionBelowIsNoEnd() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Future<Socket> accepted = SocketPair.THREADS.submit(listener::accept);
      Socket below = new Socket(listener.getInetAddress(), listener.getLocalPort());
      Socket plain = accepted.get();
      Future<SecretSocket> server = SocketPair.THREADS.submit(() -> serve(plain));
      try (SecretSocket client = SocketPair.TO_BOB.createSocket(below, "bob", 1, true)) {
        server.get();
        plain.shutdownOutput();
        BoxStreamException cut =
            assertThrows(BoxStreamException.class, () -> client.getInputStream().read());
        assertEquals(BoxStreamException.Reason.TRUNCATED, cut.reason());
      }
    }
  }

  /** Every byte of a packet is followed by a read that runs out of time. */
  @Test
  void aReadThatTimesOutInTheMiddleOfAPacketLosesNothing() throws Exception {
    int packet = Boxer.packetBytes(HELLO.length);
    try (ServerSocket listener = Kind.SECRET.listen();
        GatedLine line = new GatedLine(SocketPair.addressOf(listener))) {
      line.letPass(SERVERS_HANDSHAKE_BYTES);
      try (SocketPair pair =
          SocketPair.accept(
              listener,
              () ->
                  SocketPair.TO_BOB.createSocket(
                      line.address().getAddress(), line.address().getPort()))) {
        InputStream in = pair.client().getInputStream();
        pair.client().setSoTimeout(1);
        pair.server().getOutputStream().write(HELLO);
        for (int i = 1; i < packet; i++) {
          line.letPass(1);
          assertThrows(SocketTimeoutException.class, in::read);
          assertEquals(0, in.available());
        }
        line.letPass(1);
        pair.client().setSoTimeout(0);
        assertArrayEquals(HELLO, in.readNBytes(HELLO.length));
        line.letPass(1_000);
        pair.server().shutdownOutput();
        assertEquals(-1, in.read());
      }
    }
  }

  @Test
  void aTimeoutIsForTheWholeReadAndNotForEachByteOfAPacket() throws Exception {
    try (ServerSocket listener = Kind.SECRET.listen();
        GatedLine line = new GatedLine(SocketPair.addressOf(listener))) {
      line.letPass(SERVERS_HANDSHAKE_BYTES);
      try (SocketPair pair =
          SocketPair.accept(
              listener,
              () ->
                  SocketPair.TO_BOB.createSocket(
                      line.address().getAddress(), line.address().getPort()))) {
        pair.server().getOutputStream().write(new byte[4000]);
        Future<Void> drip =
            SocketPair.THREADS.submit(
                () -> {
                  while (!pair.client().isClosed()) {
                    line.letPass(1);
                    Thread.sleep(1);
                  }
                  return null;
                });
        pair.client().setSoTimeout(300);
        assertThrows(SocketTimeoutException.class, () -> pair.client().getInputStream().read());
        line.letPass(100_000);
        pair.server().shutdownOutput();
        pair.client().close();
        drip.get();
      }
    }
  }

  @Test
  void anotherServerKeyFailsTheConnect() throws Exception {
    SecretSocketFactory toAlice =
        new SecretSocketFactory(SocketPair.CLIENT, SocketPair.ALICE.publicKey());
    try (ServerSocket listener = Kind.SECRET.listen();
        SecretSocket client = toAlice.createSocket()) {
      Future<Socket> accepted = SocketPair.THREADS.submit(listener::accept);
      Future<Integer> read =
          SocketPair.THREADS.submit(() -> accepted.get().getInputStream().read());
      HandshakeException refused =
          assertThrows(
              HandshakeException.class, () -> client.connect(SocketPair.addressOf(listener)));
      assertEquals(Reason.CLOSED_BY_PEER, refused.reason());
      assertFalse(client.isConnected());
      HandshakeException there =
          assertInstanceOf(
              HandshakeException.class,
              assertThrows(ExecutionException.class, read::get).getCause());
      assertEquals(Reason.BAD_CLIENT_AUTH, there.reason());
    }
  }

  @Test
  void aRefusedClientReachesNothing() throws Exception {
    SecretServerSocketFactory forBob =
        new SecretServerSocketFactory(
            SocketPair.SERVER, Authorizer.only(Set.of(SocketPair.BOB.publicKey())));
    try (ServerSocket listener =
        forBob.createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Future<?> client =
          SocketPair.THREADS.submit(
              () ->
                  SocketPair.TO_BOB.createSocket(
                      listener.getInetAddress(), listener.getLocalPort()));
      try (Socket server = listener.accept()) {
        HandshakeException refused =
            assertThrows(HandshakeException.class, () -> server.getOutputStream().write(HELLO));
        assertEquals(Reason.REFUSED, refused.reason());
        SocketException again =
            assertThrows(SocketException.class, () -> server.getInputStream().read());
        assertSame(refused, again.getCause());
      }
      assertInstanceOf(
          HandshakeException.class, assertThrows(ExecutionException.class, client::get).getCause());
    }
  }

  @Test
  void aClientThatSaysNothingHoldsUpNobody() throws Exception {
    try (ServerSocket listener = Kind.SECRET.listen();
        Socket silent = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket first = listener.accept()) {
      assertEquals(silent.getLocalPort(), first.getPort());
      Future<Integer> read = SocketPair.THREADS.submit(() -> first.getInputStream().read());
      try (SocketPair pair = SocketPair.accept(listener, () -> dial(listener))) {
        pair.client().getOutputStream().write(HELLO);
        assertArrayEquals(HELLO, pair.server().getInputStream().readNBytes(HELLO.length));
        assertFalse(read.isDone(), "its handshake still has time");
      }
    }
  }

  @Test
  void aClientThatSaysNothingIsCutAfterTheTimeOfAHandshake() throws Exception {
    SecretHandshake hasty =
        SecretHandshake.builder()
            .network(NetworkKey.SCUTTLEBUTT)
            .identity(SocketPair.BOB)
            .timeout(Duration.ofMillis(20))
            .build();
    try (ServerSocket listener =
            new SecretServerSocketFactory(hasty, Authorizer.anyone())
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket silent = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket server = listener.accept()) {
      HandshakeException cut =
          assertThrows(HandshakeException.class, () -> server.getInputStream().read());
      assertEquals(Reason.TIMEOUT, cut.reason());
      assertEquals(-1, silent.getInputStream().read());
    }
  }

  @Test
  void aServerThatSaysNothingIsAConnectTimeout() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SecretSocket client = SocketPair.TO_BOB.createSocket()) {
      SocketTimeoutException late =
          assertThrows(
              SocketTimeoutException.class,
              () -> client.connect(SocketPair.addressOf(listener), 20));
      HandshakeException why = assertInstanceOf(HandshakeException.class, late.getCause());
      assertEquals(Reason.TRANSPORT, why.reason(), "not the time of the handshake itself");
      assertFalse(client.isConnected());
    }
  }

  @Test
  void closeEndsAHandshakeOfAnotherThread() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SecretSocket client = SocketPair.TO_BOB.createSocket()) {
      Future<?> connect =
          SocketPair.THREADS.submit(
              () -> {
                client.connect(SocketPair.addressOf(listener));
                return null;
              });
      try (Socket server = listener.accept()) {
        assertTrue(server.getInputStream().read() >= 0, "the handshake has begun");
        client.close();
        Throwable failure = assertThrows(ExecutionException.class, connect::get).getCause();
        assertEquals(
            "Socket closed", assertInstanceOf(SocketException.class, failure).getMessage());
      }
    }
  }

  @Test
  void theKeyIsLookedUpByTheNameThatWasDialled() throws Exception {
    List<InetSocketAddress> asked = new ArrayList<>();
    SecretSocketFactory sockets =
        new SecretSocketFactory(
            SocketPair.CLIENT,
            address -> {
              asked.add(address);
              return SocketPair.CLIENT.serverKey(SocketPair.BOB.publicKey());
            });
    try (ServerSocket listener = Kind.SECRET.listen();
        SocketPair pair =
            SocketPair.accept(
                listener, () -> sockets.createSocket("localhost", listener.getLocalPort()))) {
      assertEquals(1, asked.size());
      assertEquals("localhost", asked.get(0).getHostString());
      assertEquals(listener.getLocalPort(), asked.get(0).getPort());
    }
  }

  @Test
  void aServerThatIsNotKnownIsNotDialled() throws Exception {
    SecretSocketFactory sockets =
        new SecretSocketFactory(
            SocketPair.CLIENT,
            address -> {
              throw new IOException("nobody is known at " + address.getHostString());
            });
    try (ServerSocket listener = Kind.SECRET.listen();
        SecretSocket client = sockets.createSocket()) {
      listener.setSoTimeout(1);
      IOException unknown =
          assertThrows(IOException.class, () -> client.connect(SocketPair.addressOf(listener)));
      assertTrue(unknown.getMessage().startsWith("nobody is known at "));
      assertThrows(SocketTimeoutException.class, listener::accept);
    }
  }

  @Test
  void theAuthorizerLearnsWhereTheClientIs() throws Exception {
    List<Object> seen = new ArrayList<>();
    Authorizer authorizer =
        new Authorizer() {
          @Override
          public Optional<?> authorize(IdentityKey client) {
            throw new AssertionError("the form with the address is there");
          }

          @Override
          public Optional<?> authorize(IdentityKey client, SocketAddress address) {
            seen.add(address);
            return Optional.of("known");
          }
        };
    try (ServerSocket listener =
            new SecretServerSocketFactory(SocketPair.SERVER, authorizer)
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SocketPair pair = SocketPair.accept(listener, () -> dial(listener))) {
      assertEquals(List.of(pair.client().getLocalSocketAddress()), seen);
      assertEquals(
          Optional.of("known"), ((SecretSocket) pair.server()).authorization(String.class));
    }
  }

  @Test
  void urgentDataIsRefused() throws Exception {
    try (SocketPair pair = Kind.SECRET.connect()) {
      SocketException refused =
          assertThrows(SocketException.class, () -> pair.client().sendUrgentData(1));
      assertEquals("Urgent data not supported", refused.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void overAConnectedSocketItClosesThatOnlyIfToldTo(boolean autoClose) throws Exception {
    try (ServerSocket listener = Kind.SECRET.listen();
        Socket below = new Socket(listener.getInetAddress(), listener.getLocalPort());
        SocketPair pair =
            SocketPair.accept(
                listener, () -> SocketPair.TO_BOB.createSocket(below, "bob", 8008, autoClose))) {
      assertEquals(below.getLocalPort(), pair.client().getLocalPort());
      pair.client().getOutputStream().write(HELLO);
      pair.client().shutdownOutput();
      assertArrayEquals(HELLO, pair.server().getInputStream().readAllBytes());
      pair.server().close();
      assertEquals(-1, pair.client().getInputStream().read());
      pair.client().close();
      assertEquals(autoClose, below.isClosed());
      assertTrue(autoClose || below.isOutputShutdown());
    }
  }

  /** Otherwise the reader would wait for as long as the close waits for the peer. */
  @Test
  void closeWakesAReaderAndStillSaysGoodbye() throws Exception {
    try (ServerSocket listener = Kind.SECRET.listen();
        Socket below = new Socket(listener.getInetAddress(), listener.getLocalPort());
        SocketPair pair =
            SocketPair.accept(
                listener, () -> SocketPair.TO_BOB.createSocket(below, "bob", 8008, true))) {
      Blocked<Integer> read = new Blocked<>(() -> pair.client().getInputStream().read());
      read.awaitIn("read");
      pair.client().close();
      assertEquals("Socket closed", read.failure(SocketException.class).getMessage());
      assertTrue(below.isInputShutdown());
      assertEquals(-1, pair.server().getInputStream().read());
    }
  }

  @Test
  void aSocketBelowMustBeConnected() throws Exception {
    SocketException error =
        assertThrows(
            SocketException.class,
            () -> SocketPair.TO_BOB.createSocket(new Socket(), "bob", 8008, true));
    assertEquals("the socket below is not connected", error.getMessage());
  }

  /** What is left of a limit must not end the wait for the peer's goodbye. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTimeThatIsUpDoesNotHurryTheClose(boolean ofTheConnect) throws Exception {
    int millis = ofTheConnect ? 400 : 1;
    try (ServerSocket listener = Kind.SECRET.listen();
        SecretSocket client = SocketPair.TO_BOB.createSocket()) {
      Blocked<?> leaving =
          new Blocked<>(
              () -> {
                client.connect(SocketPair.addressOf(listener), ofTheConnect ? millis : 0);
                if (ofTheConnect) {
                  Thread.sleep(millis);
                } else {
                  client.setSoTimeout(millis);
                  InputStream in = client.getInputStream();
                  assertThrows(SocketTimeoutException.class, in::read);
                }
                client.close();
                return null;
              });
      try (Socket server = listener.accept()) {
        assertEquals(-1, server.getInputStream().read());
        leaving.awaitIn("close");
        server.getOutputStream().write(HELLO);
      }
      leaving.result();
    }
  }

  @Test
  void whatWasReadAheadIsGoneOnceTheSocketIsClosed() throws Exception {
    try (SocketPair pair = Kind.SECRET.connect()) {
      InputStream in = pair.client().getInputStream();
      pair.server().getOutputStream().write(HELLO);
      while (in.available() == 0) {
        Thread.onSpinWait();
      }
      pair.server().shutdownOutput();
      pair.client().close();
      assertEquals("Socket closed", assertThrows(SocketException.class, in::read).getMessage());
      assertThrows(SocketException.class, in::available);
    }
  }

  @Test
  void availableAnswersNothingAtTheEnd() throws Exception {
    try (SocketPair pair = Kind.SECRET.connect()) {
      pair.server().shutdownOutput();
      InputStream in = pair.client().getInputStream();
      assertEquals(-1, in.read());
      assertEquals(0, in.available());
      assertEquals(-1, in.read());
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void anInterruptClosesTheSocketOfAVirtualThread() throws Exception {
    try (SocketPair pair = Kind.SECRET.connect()) {
      CompletableFuture<IOException> failure = new CompletableFuture<>();
      Thread reader =
          (Thread)
              Thread.class
                  .getMethod("startVirtualThread", Runnable.class)
                  .invoke(
                      null,
                      (Runnable)
                          () ->
                              failure.complete(
                                  assertThrows(
                                      IOException.class,
                                      () -> pair.client().getInputStream().read())));
      reader.interrupt();
      assertInstanceOf(BoxStreamException.class, failure.get());
      BoxStreamException cut =
          assertThrows(BoxStreamException.class, () -> pair.server().getInputStream().read());
      assertEquals(BoxStreamException.Reason.TRUNCATED, cut.reason());
    }
  }

  private static SecretSocket dial(ServerSocket listener) throws IOException {
    return SocketPair.TO_BOB.createSocket(listener.getInetAddress(), listener.getLocalPort());
  }

  private static SecretSocket serve(Socket plain) throws IOException {
    SecretSocket server =
        SecretSocket.over(
            plain,
            plain,
            new Role.Server(SocketPair.SERVER, Authorizer.anyone()),
            new InetSocketAddress(plain.getInetAddress(), plain.getPort()));
    server.startHandshake();
    return server;
  }
}
