package org.secrethandshake.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.spi.CryptoProvider;

/** The two sockets of one connection. */
record SocketPair(Socket client, Socket server) implements AutoCloseable {
  private static final CryptoProvider CRYPTO = CryptoProviders.onlyInstalled();
  static final IdentityKeyPair ALICE = IdentityKeyPair.generate(CRYPTO);
  static final IdentityKeyPair BOB = IdentityKeyPair.generate(CRYPTO);
  static final SecretHandshake CLIENT = side(ALICE);
  static final SecretHandshake SERVER = side(BOB);
  static final SecretSocketFactory TO_BOB = new SecretSocketFactory(CLIENT, BOB.publicKey());

  /** Threads that end with the sockets of their test. */
  static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "test-socket");
            thread.setDaemon(true);
            return thread;
          });

  /** The kinds of sockets: what holds for both is what a socket does. */
  enum Kind {
    PLAIN {
      @Override
      SocketFactory sockets() {
        return SocketFactory.getDefault();
      }

      @Override
      ServerSocketFactory serverSockets() {
        return ServerSocketFactory.getDefault();
      }
    },
    SECRET {
      @Override
      SocketFactory sockets() {
        return TO_BOB;
      }

      @Override
      ServerSocketFactory serverSockets() {
        return new SecretServerSocketFactory(SERVER, Authorizer.anyone());
      }
    };

    abstract SocketFactory sockets();

    abstract ServerSocketFactory serverSockets();

    ServerSocket listen() throws IOException {
      return serverSockets().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    SocketPair connect() throws Exception {
      try (ServerSocket listener = listen()) {
        return accept(
            listener,
            () -> sockets().createSocket(listener.getInetAddress(), listener.getLocalPort()));
      }
    }
  }

  /** Makes the socket of a client. */
  interface Dial {
    Socket socket() throws Exception;
  }

  /** Connects to a server socket; the handshake, if there is one, is done when this returns. */
  static SocketPair accept(ServerSocket listener, Dial dial) throws Exception {
    CompletableFuture<Socket> accepted =
        CompletableFuture.supplyAsync(() -> take(listener), THREADS);
    Socket client = dial.socket();
    return new SocketPair(client, accepted.get());
  }

  private static Socket take(ServerSocket listener) {
    try {
      Socket socket = listener.accept();
      if (socket instanceof SecretSocket secret) {
        secret.startHandshake();
      }
      return socket;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static SecretHandshake side(IdentityKeyPair identity) {
    return SecretHandshake.builder()
        .crypto(CRYPTO)
        .network(NetworkKey.SCUTTLEBUTT)
        .identity(identity)
        .build();
  }

  static InetSocketAddress addressOf(ServerSocket listener) {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    // Both at once, because each waits for the other's goodbye.
    CompletableFuture<Void> there = CompletableFuture.runAsync(() -> closeQuietly(server), THREADS);
    closeQuietly(client);
    there.join();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
