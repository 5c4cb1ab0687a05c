package org.secrethandshake.socket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.socket.SocketPair.Kind;

/**
 * What the parts of a secret socket promise, whether or not {@link Socket} and the channel ask for
 * it today.
 */
@Timeout(20)
class SecretConnectionTest {
  private static final byte[] HELLO = "hello".getBytes(US_ASCII);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void connectsByNameAndByAddressAndCarriesSingleBytes(boolean byName) throws Exception {
    try (ServerSocket listener = Kind.SECRET.listen();
        Socket plain = new Socket()) {
      SecretConnection connection = client(plain);
      Future<Socket> accepted = SocketPair.THREADS.submit(listener::accept);
      Future<?> echo =
          SocketPair.THREADS.submit(
              () -> {
                try (Socket server = accepted.get()) {
                  server.getInputStream().transferTo(server.getOutputStream());
                }
                return null;
              });
      if (byName) {
        connection.connect("localhost", listener.getLocalPort());
      } else {
        connection.connect(listener.getInetAddress(), listener.getLocalPort());
      }
      InputStream in = connection.getInputStream();
      connection.getOutputStream().write(0xff);
      connection.getOutputStream().write('x');
      assertEquals(0xff, in.read());
      while (connection.available() == 0) {
        Thread.onSpinWait();
      }
      assertEquals('x', in.read());
      connection.shutdownOutput();
      assertEquals(-1, in.read());
      echo.get();
      connection.close();
      assertTrue(plain.isClosed());
    }
  }

  @Test
  void doesNotListen() throws Exception {
    try (Socket plain = new Socket()) {
      SecretConnection connection = client(plain);
      for (Executable call :
          List.<Executable>of(() -> connection.listen(1), () -> connection.accept(connection))) {
        assertEquals(
            "a socket of a client or of one connection does not listen",
            assertThrows(SocketException.class, call).getMessage());
      }
    }
  }

  @Test
  void closesThePlainSocketIfItCannotConnect() throws Exception {
    InetSocketAddress nobody;
    try (ServerSocket listener = Kind.PLAIN.listen()) {
      nobody = SocketPair.addressOf(listener);
    }
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    try (Socket plain = new Socket()) {
      SecretConnection connection =
          new SecretConnection(plain, () -> ended.complete(true), toBob());
      assertThrows(SocketException.class, () -> connection.connect(nobody, 0));
      assertTrue(ended.isDone());
    }
  }

  @Test
  void aTransportTakesAnyPartOfAnArrayAndFlushesIt() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket plain = new BufferingSocket(SocketPair.addressOf(listener));
        Socket peer = listener.accept()) {
      SocketTransport transport = new SocketTransport(plain, plain);
      ByteBuffer hello = ByteBuffer.allocate(20).position(5).slice().put(3, HELLO).position(3);
      assertEquals(HELLO.length, transport.write(hello.limit(3 + HELLO.length)));
      assertFalse(hello.hasRemaining());
      assertArrayEquals(HELLO, peer.getInputStream().readNBytes(HELLO.length));
      peer.getOutputStream().write(HELLO);
      ByteBuffer back = ByteBuffer.allocate(20).position(5).slice().position(3).limit(4);
      assertEquals(1, transport.read(back));
      assertEquals(0, transport.read(back.limit(4)));
      assertEquals('h', back.get(3));
      assertTrue(transport.isOpen());
      transport.close();
      assertFalse(transport.isOpen());
      assertTrue(plain.isClosed());
    }
  }

  @Test
  void anAuthorizerThatIsAskedWithoutAnAddressHasIt() throws Exception {
    InetSocketAddress address = InetSocketAddress.createUnresolved("client", 1);
    Authorizer namesTheHost =
        new Authorizer() {
          @Override
          public Optional<?> authorize(IdentityKey client) {
            return Optional.empty();
          }

          @Override
          public Optional<?> authorize(IdentityKey client, SocketAddress where) {
            return Optional.of(where);
          }
        };
    assertEquals(
        Optional.of(address),
        new Role.AuthorizerAt(namesTheHost, address).authorize(SocketPair.ALICE.publicKey()));
  }

  private static SecretConnection client(Socket plain) {
    return new SecretConnection(plain, plain, toBob());
  }

  private static Role toBob() {
    return new Role.Client(
        SocketPair.CLIENT, address -> SocketPair.CLIENT.serverKey(SocketPair.BOB.publicKey()));
  }

  /** A socket that sends what is flushed, as one does that compresses. */
  private static final class BufferingSocket extends Socket {
    private final OutputStream out;

    BufferingSocket(InetSocketAddress peer) throws IOException {
      super(peer.getAddress(), peer.getPort());
      out = new BufferedOutputStream(super.getOutputStream());
    }

    @Override
    public OutputStream getOutputStream() {
      return out;
    }
  }
}
