package org.secrethandshake.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.spi.CryptoProvider;

/** The demo's last part: clients on one backend, servers on another, a line for each pair. */
final class MixedPairs {
  /** Small enough for the sockets' buffers, since one thread writes and then reads. */
  private static final int ECHOED_BYTES = 50_000;

  private static final double NANOS_PER_MILLI = 1e6;

  private final List<CryptoProvider> available;
  private final PrintStream out;
  private final Style style;

  MixedPairs(List<CryptoProvider> shown, PrintStream out, Style style) {
    this.available =
        shown.stream().filter(provider -> provider.unavailability().isEmpty()).toList();
    this.out = out;
    this.style = style;
  }

  void run() throws IOException, Failure {
    if (available.size() < 2) {
      return;
    }
    out.println();
    out.println(style.strong("Different backends") + " at the two ends:");
    for (CryptoProvider client : available) {
      for (CryptoProvider server : available) {
        if (client != server) {
          out.println("  " + meet(client, server));
        }
      }
    }
  }

  private static String meet(CryptoProvider client, CryptoProvider server)
      throws IOException, Failure {
    byte[] network = new byte[NetworkKey.BYTES];
    client.randomBytes(network);
    try (IdentityKeyPair alice = IdentityKeyPair.generate(client);
        IdentityKeyPair bob = IdentityKeyPair.generate(server);
        SecretHandshake dialling = side(client, network, alice);
        SecretHandshake answering = side(server, network, bob);
        SecretServer echo =
            SecretServer.builder(answering)
                .authorizer(Authorizer.anyone())
                .handler(channel -> channel.inputStream().transferTo(channel.outputStream()))
                .start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      long start = System.nanoTime();
      SocketChannel socket = SocketChannel.open(echo.localAddress());
      try (SecretChannel channel = dialling.connect(socket, dialling.serverKey(bob.publicKey()))) {
        double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
        echo(client, channel);
        return "client %s, server %s: handshake %.0f ms, %d bytes echoed, both goodbyes seen"
            .formatted(client.name(), server.name(), millis, ECHOED_BYTES);
      }
    }
  }

  private static void echo(CryptoProvider crypto, SecretChannel channel)
      throws IOException, Failure {
    byte[] sent = new byte[ECHOED_BYTES];
    crypto.randomBytes(sent);
    channel.write(ByteBuffer.wrap(sent));
    channel.shutdownOutput();
    if (!Arrays.equals(sent, channel.inputStream().readAllBytes())) {
      throw new Failure(ExitCodes.STREAM_CUT, "The server did not return what was sent.", null);
    }
  }

  private static SecretHandshake side(
      CryptoProvider crypto, byte[] network, IdentityKeyPair identity) {
    return SecretHandshake.builder()
        .crypto(crypto)
        .network(NetworkKey.of(network))
        .identity(identity)
        .build();
  }
}
