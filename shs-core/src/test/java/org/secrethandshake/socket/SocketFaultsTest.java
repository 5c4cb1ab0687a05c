package org.secrethandshake.socket;

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
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.socket.SocketPair.Kind;

/** What a secret socket says when it is used out of turn, or what is around it fails. */
@Timeout(20)
class SocketFaultsTest {
  private static final int UNKNOWN_OPTION = 4711;

  @Test
  void aHandshakeWantsAConnection() throws Exception {
    try (SecretSocket socket = SocketPair.TO_BOB.createSocket()) {
      SocketException early = assertThrows(SocketException.class, socket::startHandshake);
      assertEquals("Socket is not connected", early.getMessage());
      assertThrows(SocketException.class, socket::peer);
    }
  }

  @Test
  void afterAConnectThatFailedThereIsNoHandshake() throws Exception {
    InetSocketAddress nobody;
    try (ServerSocket listener = Kind.PLAIN.listen()) {
      nobody = SocketPair.addressOf(listener);
    }
    try (SecretSocket socket = SocketPair.TO_BOB.createSocket()) {
      assertThrows(IOException.class, () -> socket.connect(nobody));
      SocketException late = assertThrows(SocketException.class, socket::startHandshake);
      String closed = socket.isClosed() ? "Socket closed" : "Socket is not connected";
      assertEquals(closed, late.getMessage());
    }
  }

  @Test
  void theTimeOfAHandshakeIsAConnectTimeoutToo() throws Exception {
    SecretHandshake hasty =
        SecretHandshake.builder()
            .network(NetworkKey.SCUTTLEBUTT)
            .identity(SocketPair.ALICE)
            .timeout(Duration.ofMillis(20))
            .build();
    SecretSocketFactory sockets = new SecretSocketFactory(hasty, SocketPair.BOB.publicKey());
    try (ServerSocket silent = Kind.PLAIN.listen();
        SecretSocket client = sockets.createSocket()) {
      SocketTimeoutException late =
          assertThrows(
              SocketTimeoutException.class,
              () -> client.connect(SocketPair.addressOf(silent), 19_000));
      HandshakeException why = assertInstanceOf(HandshakeException.class, late.getCause());
      assertEquals(Reason.TIMEOUT, why.reason());
    }
  }

  /** The authorizer is asked once, though two threads want the channel. */
  @Test
  void whoComesDuringAHandshakeWaitsForIt() throws Exception {
    CompletableFuture<Boolean> asked = new CompletableFuture<>();
    CompletableFuture<Optional<?>> answer = new CompletableFuture<>();
    Authorizer slow =
        Authorizer.async(
            client -> {
              assertTrue(asked.complete(true), "asked twice");
              return answer;
            });
    try (ServerSocket listener = listen(slow)) {
      Blocked<Socket> client = new Blocked<>(() -> dial(listener));
      try (SecretSocket server = (SecretSocket) listener.accept()) {
        Blocked<IdentityKey> first = new Blocked<>(server::peer);
        asked.get();
        Blocked<IdentityKey> second = new Blocked<>(server::peer);
        second.awaitIn("lock");
        answer.complete(Optional.of("in"));
        assertSame(first.result(), second.result());
        client.result().close();
      }
    }
  }

  /** Here the handshake's last message is on its way to a socket that is closed meanwhile. */
  @Test
  void aCloseDuringAHandshakeLeavesNoChannel() throws Exception {
    CompletableFuture<Boolean> asked = new CompletableFuture<>();
    CompletableFuture<Optional<?>> answer = new CompletableFuture<>();
    Authorizer slow =
        Authorizer.async(
            client -> {
              asked.complete(true);
              return answer;
            });
    try (ServerSocket listener = listen(slow)) {
      Blocked<Socket> client = new Blocked<>(() -> dial(listener));
      SecretSocket server = (SecretSocket) listener.accept();
      Blocked<IdentityKey> handshake = new Blocked<>(server::peer);
      asked.get();
      server.close();
      answer.complete(Optional.of("in"));
      assertEquals("Socket closed", handshake.failure(SocketException.class).getMessage());
      assertEquals(Reason.CLOSED_BY_PEER, client.failure(HandshakeException.class).reason());
    }
  }

  @Test
  void anInterruptOfAHandshakeThatWaitsForItsAuthorizerSaysSo() throws Exception {
    CompletableFuture<Boolean> asked = new CompletableFuture<>();
    Authorizer silent =
        Authorizer.async(
            client -> {
              asked.complete(true);
              return new CompletableFuture<>();
            });
    try (ServerSocket listener = listen(silent)) {
      Blocked<Socket> client = new Blocked<>(() -> dial(listener));
      try (SecretSocket server = (SecretSocket) listener.accept()) {
        Blocked<IdentityKey> handshake = new Blocked<>(server::peer);
        asked.get();
        handshake.thread().interrupt();
        SocketException interrupted = handshake.failure(SocketException.class);
        assertEquals("Closed by interrupt", interrupted.getMessage());
        assertInstanceOf(ClosedByInterruptException.class, interrupted.getCause());
      }
      assertEquals(Reason.CLOSED_BY_PEER, client.failure(HandshakeException.class).reason());
    }
  }

  @Test
  void shutdownOutputAfterACutSaysNoGoodbye() throws Exception {
    try (SocketPair pair = Kind.SECRET.connect()) {
      pair.server().setSoLinger(true, 0);
      pair.server().close();
      BoxStreamException cut =
          assertThrows(BoxStreamException.class, () -> pair.client().getInputStream().read());
      BoxStreamException again =
          assertThrows(BoxStreamException.class, () -> pair.client().shutdownOutput());
      assertEquals(cut.reason(), again.reason());
    }
  }

  /** What the owner of a socket below may have done to it before the socket above is closed. */
  enum Meddling {
    NOTHING {
      @Override
      void with(Socket below) {}
    },
    SHUT_OUTPUT {
      @Override
      void with(Socket below) throws IOException {
        below.shutdownOutput();
      }
    },
    SHUT_INPUT {
      @Override
      void with(Socket below) throws IOException {
        below.shutdownInput();
      }
    },
    CLOSE {
      @Override
      void with(Socket below) throws IOException {
        below.close();
      }
    };

    abstract void with(Socket below) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void closesWhateverItsOwnerDidToTheSocketBelow(Meddling meddling) throws Exception {
    try (ServerSocket listener = Kind.SECRET.listen();
        Socket below = new Socket(listener.getInetAddress(), listener.getLocalPort());
        SocketPair pair =
            SocketPair.accept(
                listener, () -> SocketPair.TO_BOB.createSocket(below, "bob", 8008, false))) {
      Blocked<Integer> read = new Blocked<>(() -> pair.server().getInputStream().read());
      meddling.with(below);
      pair.client().close();
      assertTrue(pair.client().isClosed());
      boolean saysGoodbye = meddling == Meddling.NOTHING || meddling == Meddling.SHUT_INPUT;
      if (saysGoodbye) {
        assertEquals(-1, read.result());
      } else {
        BoxStreamException cut = read.failure(BoxStreamException.class);
        assertEquals(BoxStreamException.Reason.TRUNCATED, cut.reason());
      }
      assertEquals(meddling == Meddling.CLOSE, below.isClosed());
      assertTrue(below.isClosed() || (below.isOutputShutdown() && below.isInputShutdown()));
    }
  }

  @Test
  void shutdownInputOfAConnectionThatIsGoneEndsTheInput() throws Exception {
    try (ServerSocket listener = Kind.SECRET.listen();
        Socket below = new Socket(listener.getInetAddress(), listener.getLocalPort());
        SocketPair pair =
            SocketPair.accept(
                listener, () -> SocketPair.TO_BOB.createSocket(below, "bob", 8008, true))) {
      InputStream in = pair.client().getInputStream();
      below.close();
      pair.client().shutdownInput();
      assertEquals(-1, in.read());
    }
  }

  @Test
  void anOptionThatNoSocketHasIsRefusedByItsNumber() throws Exception {
    try (Socket plain = new Socket()) {
      PlainOptions options = new PlainOptions(plain);
      for (SocketException refused :
          List.of(
              assertThrows(
                  SocketException.class, () -> options.setOption(UNKNOWN_OPTION, "anything")),
              assertThrows(SocketException.class, () -> options.getOption(UNKNOWN_OPTION)))) {
        assertEquals("a socket has no option of the number 4711", refused.getMessage());
      }
      assertFalse(plain.isClosed());
    }
  }

  private static ServerSocket listen(Authorizer authorizer) throws IOException {
    return new SecretServerSocketFactory(SocketPair.SERVER, authorizer)
        .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static Socket dial(ServerSocket listener) throws IOException {
    return SocketPair.TO_BOB.createSocket(listener.getInetAddress(), listener.getLocalPort());
  }
}
