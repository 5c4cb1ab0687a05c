package org.secrethandshake.benchmarks.jmh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.handshake.ServerKey;

/** A channel over loopback TCP, whose far end other threads of this process serve. */
public abstract class Loopback extends PerProvider {
  private SecretHandshake shs;
  private ServerKey remote;
  private SecretServer server;
  SecretChannel near;

  Loopback() {}

  @Setup
  public void start() throws IOException {
    try (IdentityKeyPair both = IdentityKeyPair.generate(crypto())) {
      NetworkKey network = NetworkKey.SCUTTLEBUTT;
      shs = SecretHandshake.builder().crypto(crypto()).network(network).identity(both).build();
      remote = shs.serverKey(both.publicKey());
    }
    server =
        SecretServer.builder(shs)
            .authorizer(Authorizer.anyone())
            .handler(this::serve)
            .start(new InetSocketAddress("localhost", 0));
    near = dial();
  }

  abstract void serve(SecretChannel far) throws IOException;

  final SecretChannel dial() throws IOException {
    SocketChannel socket = SocketChannel.open(server.localAddress());
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    // A cut resets the connection, or a minute of waiting ones would use up the system's ports.
    socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    return shs.connect(socket, remote);
  }

  @TearDown
  public void stop() {
    near.abort();
    server.close();
    shs.close();
  }
}
