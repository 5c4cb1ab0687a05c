package org.secrethandshake.benchmarks.jmh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.spi.CryptoProvider;

/** A server on loopback TCP and what dials it, both with one identity. Thread-safe. */
public final class Loopback implements AutoCloseable {
  private final SecretHandshake shs;
  private final ServerKey remote;
  private final SecretServer server;

  /** Starts the server, whose handler serves the far end of each channel. */
  public Loopback(CryptoProvider crypto, SecretServer.Handler farEnd) throws IOException {
    try (IdentityKeyPair both = IdentityKeyPair.generate(crypto)) {
      shs =
          SecretHandshake.builder()
              .crypto(crypto)
              .network(NetworkKey.SCUTTLEBUTT)
              .identity(both)
              .build();
      remote = shs.serverKey(both.publicKey());
    }
    server =
        SecretServer.builder(shs)
            .authorizer(Authorizer.anyone())
            .handler(farEnd)
            .start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** Opens a channel; the caller closes it. */
  public SecretChannel dial() throws IOException {
    SocketChannel socket = SocketChannel.open(server.localAddress());
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    // A cut resets the connection, or a minute of waiting ones would use up the system's ports.
    socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    return shs.connect(socket, remote);
  }

  /** Ends the server, and wipes the keys. */
  @Override
  public void close() {
    server.close();
    shs.close();
  }
}
