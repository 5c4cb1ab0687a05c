package org.secrethandshake.channel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.spi.CryptoProvider;

/** A client (Alice) and a server (Bob) of one network, and ways to connect them. */
final class Peers {
  static final CryptoProvider CRYPTO = CryptoProviders.onlyInstalled();
  static final IdentityKeyPair ALICE = IdentityKeyPair.generate(CRYPTO);
  static final IdentityKeyPair BOB = IdentityKeyPair.generate(CRYPTO);
  static final SecretHandshake CLIENT = side(ALICE, Duration.ofSeconds(20));
  static final SecretHandshake SERVER = side(BOB, Duration.ofSeconds(20));
  static final ServerKey BOBS_KEY = CLIENT.serverKey(BOB.publicKey());

  /** Threads for peers that block; they end with the test's transports. */
  static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "test-peer");
            thread.setDaemon(true);
            return thread;
          });

  private Peers() {}

  static SecretHandshake side(IdentityKeyPair identity, Duration timeout) {
    return SecretHandshake.builder()
        .crypto(CRYPTO)
        .network(NetworkKey.SCUTTLEBUTT)
        .identity(identity)
        .timeout(timeout)
        .build();
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  static ChannelPair inMemory() throws IOException {
    return ChannelPair.connect(CLIENT, SERVER, BOB.publicKey());
  }

  static ChannelPair overTcp() throws Exception {
    Transports.Pair sockets = tcp();
    Future<SecretChannel> accepted =
        THREADS.submit(() -> SERVER.accept(sockets.right(), Authorizer.anyone()));
    return new ChannelPair(CLIENT.connect(sockets.left(), BOBS_KEY), accepted.get());
  }

  /** Two connected sockets. */
  static Transports.Pair tcp() throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open().bind(anyPort())) {
      SocketChannel left = SocketChannel.open(listener.getLocalAddress());
      return new Transports.Pair(left, listener.accept());
    }
  }

  /** A client's channel whose server is the test itself, with the raw transport in its hands. */
  record RawServer(SecretChannel client, ByteChannel transport, Session session) {
    static RawServer over(Transports.Pair transports) throws Exception {
      CompletableFuture<Session> session = new CompletableFuture<>();
      THREADS.execute(
          () -> session.completeAsync(() -> handshake(transports.right()), Runnable::run));
      SecretChannel client = CLIENT.connect(transports.left(), BOBS_KEY);
      return new RawServer(client, transports.right(), session.get());
    }

    private static Session handshake(ByteChannel transport) {
      try (ServerHandshake handshake = SERVER.server();
          Deadline deadline = Deadline.arm(Duration.ofSeconds(20), transport)) {
        return new HandshakeDriver(transport, deadline).run(handshake, Authorizer.anyone());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    void send(byte[] wire) throws IOException {
      Transports.writeFully(transport, ByteBuffer.wrap(wire));
    }
  }

  static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + (i >>> 9));
    }
    return bytes;
  }
}
