package org.secrethandshake.site.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.Transports;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;

/** The code of the page on clients. */
final class ClientSamples {
  private ClientSamples() {}

  // @start region="configure"
  static SecretHandshake configure(IdentityKeyPair identity) {
    CryptoProvider crypto = CryptoProviders.named("bouncycastle");
    return SecretHandshake.builder()
        .crypto(crypto)
        .network(NetworkKey.SCUTTLEBUTT)
        .identity(identity)
        .build();
  }

  // @end

  // @start region="ask"
  static String ask(SecretHandshake shs, String address, String question) throws IOException {
    try (SecretChannel channel = shs.connect(MultiserverAddress.parse(address))) {
      channel.outputStream().write(question.getBytes(UTF_8));
      channel.shutdownOutput(); // our goodbye: this was all
      return new String(channel.inputStream().readAllBytes(), UTF_8); // up to the server's goodbye
    }
  }

  // @end

  // @start region="transports"
  static SecretChannel overChannel(SecretHandshake shs, SocketChannel socket, ServerKey server)
      throws IOException {
    return shs.connect(socket, server); // connected, and in blocking mode
  }

  static SecretChannel overSocket(SecretHandshake shs, Socket socket, ServerKey server)
      throws IOException {
    return shs.connect(Transports.of(socket), server);
  }

  // @end

  // @start region="small-writes"
  static void sendLines(SecretChannel channel, List<String> lines) throws IOException {
    OutputStream out = new BufferedOutputStream(channel.outputStream());
    for (String line : lines) {
      out.write((line + "\n").getBytes(UTF_8));
    }
    out.flush();
    channel.shutdownOutput();
  }
  // @end
}
