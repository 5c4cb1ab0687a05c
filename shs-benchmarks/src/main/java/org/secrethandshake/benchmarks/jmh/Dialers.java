package org.secrethandshake.benchmarks.jmh;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.spi.CryptoProvider;

/** A server, and threads that dial it without pause, each one handshake at a time. */
public class Dialers extends PerProvider {
  /** How many threads dial. */
  @Param({"1", "10", "100"})
  int inFlight;

  private final Semaphore finished = new Semaphore(0);
  private volatile boolean stopping;
  private volatile @Nullable Exception failure;
  private SecretHandshake client;
  private SecretHandshake serving;
  private SecretServer server;
  private ServerKey remote;
  private List<Thread> threads;

  /** Starts the server and all that dial it. */
  @Setup(Level.Trial)
  public void start() throws IOException {
    CryptoProvider crypto = crypto();
    try (IdentityKeyPair alice = IdentityKeyPair.generate(crypto);
        IdentityKeyPair bob = IdentityKeyPair.generate(crypto)) {
      client = LoopbackPair.side(crypto, alice);
      serving = LoopbackPair.side(crypto, bob);
      remote = client.serverKey(bob.publicKey());
    }
    server =
        SecretServer.builder(serving)
            .authorizer(Authorizer.anyone())
            .handler(SecretChannel::abort)
            .start(LoopbackPair.anyPort());
    threads = IntStream.range(0, inFlight).mapToObj(index -> new Thread(this::dialOn)).toList();
    threads.forEach(Thread::start);
  }

  /** Forgets the handshakes between two iterations. */
  @Setup(Level.Iteration)
  public void forget() {
    finished.drainPermits();
  }

  /** Ends all threads. */
  @TearDown(Level.Trial)
  public void stop() throws InterruptedException {
    stopping = true;
    for (Thread thread : threads) {
      thread.join();
    }
    server.close();
    client.close();
    serving.close();
  }

  /** Waits for one more handshake, whichever it is. */
  final void awaitHandshake() throws Exception {
    finished.acquire();
    if (failure != null) {
      throw new IllegalStateException("a handshake failed", failure);
    }
  }

  private void dialOn() {
    while (!stopping && failure == null) {
      try {
        dial();
      } catch (IOException | RuntimeException e) {
        failure = e;
      }
      finished.release();
    }
  }

  private void dial() throws IOException {
    SocketChannel socket = SocketChannel.open(server.localAddress());
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    // A close resets the connection, or a minute of waiting ones would use up the system's ports.
    socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    client.connect(socket, remote).abort();
  }
}
