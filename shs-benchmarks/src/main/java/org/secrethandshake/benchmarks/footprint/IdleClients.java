package org.secrethandshake.benchmarks.footprint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A program that dials an {@link IdleServer} and keeps its channels until its standard input ends.
 * Arguments: the backend, the port, how many channels to open and close before, and how many to
 * keep.
 */
final class IdleClients {
  private final SecretHandshake shs;
  private final ServerKey server;
  private final InetSocketAddress address;

  private IdleClients(SecretHandshake shs, ServerKey server, int port) {
    this.shs = shs;
    this.server = server;
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  public static void main(String[] arguments) throws Exception {
    CryptoProvider crypto = Backend.named(arguments[0]);
    try (SecretHandshake shs = IdleServer.shs(crypto);
        IdentityKeyPair server = IdleServer.identity(crypto)) {
      ServerKey remote = shs.serverKey(server.publicKey());
      new IdleClients(shs, remote, Integer.parseInt(arguments[1]))
          .dial(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
    }
  }

  private void dial(int first, int count) throws Exception {
    SecretChannel[] held = new SecretChannel[count];
    try (Crew crew = new Crew()) {
      crew.each(0, first, i -> connect().close());
      crew.each(0, count, i -> held[i] = connect());
    }
    while (System.in.read() >= 0) {
      // Nothing is ever said: the end of the input is the end of the parent.
    }
  }

  private SecretChannel connect() throws IOException {
    return shs.connect(SocketChannel.open(address), server);
  }
}
