package org.secrethandshake.acceptance;

import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Relay;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A client (Alice) and a server (Bob), and what puts the server before a program that knows TCP.
 */
final class Peers {
  static final String HOST = "127.0.0.1";
  static final CryptoProvider CRYPTO = CryptoProviders.named("bouncycastle");
  static final IdentityKeyPair ALICE = IdentityKeyPair.generate(CRYPTO);
  static final IdentityKeyPair BOB = IdentityKeyPair.generate(CRYPTO);
  static final SecretHandshake CLIENT = side(ALICE);
  static final SecretHandshake SERVER = side(BOB);

  /** Threads that end with the connections of their test. */
  static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "test-peer");
            thread.setDaemon(true);
            return thread;
          });

  private Peers() {}

  private static SecretHandshake side(IdentityKeyPair identity) {
    return SecretHandshake.builder()
        .crypto(CRYPTO)
        .network(NetworkKey.SCUTTLEBUTT)
        .identity(identity)
        .build();
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(HOST, 0);
  }

  /** A handler that connects each channel with a port of a program. */
  static SecretServer.Handler relayTo(InetSocketAddress program) {
    return channel -> Relay.join(channel, SocketChannel.open(program));
  }
}
