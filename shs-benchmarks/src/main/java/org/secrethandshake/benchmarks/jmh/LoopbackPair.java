package org.secrethandshake.benchmarks.jmh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.spi.CryptoProvider;

/** Both ends of a channel over loopback TCP, and the threads that serve the far one. */
final class LoopbackPair {
  private final SecretChannel near;
  private final SecretChannel far;
  private final List<Thread> threads = new ArrayList<>();

  private LoopbackPair(SecretChannel near, SecretChannel far) {
    this.near = near;
    this.far = far;
  }

  static LoopbackPair open(CryptoProvider crypto) throws Exception {
    try (IdentityKeyPair alice = IdentityKeyPair.generate(crypto);
        IdentityKeyPair bob = IdentityKeyPair.generate(crypto);
        SecretHandshake client = side(crypto, alice);
        SecretHandshake server = side(crypto, bob);
        ServerSocketChannel listener = ServerSocketChannel.open().bind(anyPort())) {
      SocketChannel dialled = withoutDelay(SocketChannel.open(listener.getLocalAddress()));
      SocketChannel accepted = withoutDelay(listener.accept());
      FutureTask<SecretChannel> far = started(() -> server.accept(accepted, Authorizer.anyone()));
      SecretChannel near = client.connect(dialled, client.serverKey(bob.publicKey()));
      return new LoopbackPair(near, far.get());
    }
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  static SecretHandshake side(CryptoProvider crypto, IdentityKeyPair identity) {
    return SecretHandshake.builder()
        .crypto(crypto)
        .network(NetworkKey.SCUTTLEBUTT)
        .identity(identity)
        .build();
  }

  /** As the library's own dialling and serving do. */
  private static SocketChannel withoutDelay(SocketChannel socket) throws IOException {
    return socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  private static <T> FutureTask<T> started(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    daemon(task).start();
    return task;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "shs-benchmark");
    thread.setDaemon(true);
    return thread;
  }

  SecretChannel near() {
    return near;
  }

  SecretChannel far() {
    return far;
  }

  /** Starts what goes on beside the benchmark, until this pair is closed. */
  void beside(Loop loop) {
    Thread thread = daemon(() -> repeat(loop));
    threads.add(thread);
    thread.start();
  }

  /** A failure cuts both ends, so that it reaches the benchmark; so does the end of all. */
  private void repeat(Loop loop) {
    try {
      while (near.isOpen() && far.isOpen()) {
        loop.once();
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      abort();
    }
  }

  private void abort() {
    near.abort();
    far.abort();
  }

  void close() throws InterruptedException {
    abort();
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
  }

  /** One round of a thread's work. */
  interface Loop {
    void once() throws IOException, InterruptedException;
  }
}
