package org.secrethandshake.benchmarks.footprint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A program that accepts channels and leaves them idle. It prints its port, and then at each count
 * a {@link Load}. Arguments: the backend, how many channels to open and close before, and the
 * counts, ascending.
 */
final class IdleServer {
  private static final int BACKLOG = 256;

  /** Collecting garbage between two counts must not look like a slow peer. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final SecretHandshake shs;
  private final ServerSocketChannel listener;

  private IdleServer(SecretHandshake shs, ServerSocketChannel listener) {
    this.shs = shs;
    this.listener = listener;
  }

  public static void main(String[] arguments) throws Exception {
    try (SecretHandshake shs = shs(Backend.named(arguments[0]));
        ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
      System.out.println(((InetSocketAddress) listener.getLocalAddress()).getPort());
      int first = Integer.parseInt(arguments[1]);
      new IdleServer(shs, listener).hold(first, Load.counts(arguments));
    }
  }

  /** Both ends of a run are made of the same identity, which needs not be told to the other. */
  static SecretHandshake shs(CryptoProvider crypto) {
    try (IdentityKeyPair identity = identity(crypto)) {
      return SecretHandshake.builder()
          .crypto(crypto)
          .network(NetworkKey.SCUTTLEBUTT)
          .identity(identity)
          .timeout(TIMEOUT)
          .build();
    }
  }

  static IdentityKeyPair identity(CryptoProvider crypto) {
    return IdentityKeyPair.fromSeed(crypto, new byte[IdentityKeyPair.SEED_BYTES]);
  }

  private void hold(int first, List<Integer> counts) throws Exception {
    SecretChannel[] held = new SecretChannel[Load.most(counts)];
    try (Crew crew = new Crew()) {
      crew.each(0, first, i -> accept().close());
      MemoryReading before = MemoryReading.settled();
      int holding = 0;
      for (int count : counts) {
        crew.each(holding, count, i -> held[i] = accept());
        holding = count;
        System.out.println(new Load(count, MemoryReading.settled().since(before)).line());
      }
      requireOpen(held);
    }
  }

  private SecretChannel accept() throws IOException {
    return shs.accept(listener.accept(), Authorizer.anyone());
  }

  /** Also keeps them from the collector until everything is read. */
  private static void requireOpen(SecretChannel[] held) {
    for (SecretChannel channel : held) {
      if (!channel.isOpen()) {
        throw new IllegalStateException("a channel did not stay open");
      }
    }
  }
}
