package org.secrethandshake.examples;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.Relay;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.identity.MultiserverAddress;

/**
 * Makes a plain TCP server of this machine reachable over secret channels: whoever is let in is
 * joined with it, to the end of both directions. {@link HttpGet} can be the other side of an HTTP
 * server. The command {@code shs tunnel} does this and more.
 */
public final class Tunnel {
  private Tunnel() {}

  /** Returns a server's handler that joins each channel with a connection of its own. */
  static SecretServer.Handler to(InetSocketAddress plain) {
    return channel -> Relay.join(channel, SocketChannel.open(plain));
  }

  /** Serves at a port, for the plain server at another. */
  public static void main(String[] args) throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (IdentityKeyPair own = IdentityKeyPair.generate(CryptoProviders.onlyInstalled());
        SecretHandshake shs =
            SecretHandshake.builder().network(NetworkKey.SCUTTLEBUTT).identity(own).build();
        SecretServer server =
            SecretServer.builder(shs)
                .authorizer(Authorizer.anyone())
                .handler(to(new InetSocketAddress(here, Integer.parseInt(args[1]))))
                .start(new InetSocketAddress(here, Integer.parseInt(args[0])))) {
      int port = server.localAddress().getPort();
      System.out.println(MultiserverAddress.of("127.0.0.1", port, own.publicKey()));
      Thread.currentThread().join();
    }
  }
}
