package org.secrethandshake.conformance.readme;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.util.Set;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;

public final class QuickStart {
  public static void main(String[] args) throws Exception {
    CryptoProvider crypto = CryptoProviders.named("bouncycastle");
    try (IdentityKeyPair alice = IdentityKeyPair.generate(crypto);
        IdentityKeyPair bob = IdentityKeyPair.generate(crypto);
        SecretHandshake client = side(crypto, alice);
        SecretHandshake service = side(crypto, bob);
        SecretServer server =
            SecretServer.builder(service)
                .authorizer(Authorizer.only(Set.of(alice.publicKey())))
                .handler(channel -> channel.inputStream().transferTo(channel.outputStream()))
                .start(new InetSocketAddress("127.0.0.1", 0))) {

      // net:127.0.0.1:PORT~shs:KEY says where the server is and who it must prove to be.
      MultiserverAddress address =
          MultiserverAddress.of("127.0.0.1", server.localAddress().getPort(), bob.publicKey());

      try (SecretChannel channel = client.connect(address)) {
        channel.outputStream().write("Hello, Bob!".getBytes(UTF_8));
        channel.shutdownOutput(); // our goodbye: Bob sees the end of our bytes
        System.out.println(new String(channel.inputStream().readAllBytes(), UTF_8));
      }
    }
  }

  private static SecretHandshake side(CryptoProvider crypto, IdentityKeyPair identity) {
    return SecretHandshake.builder()
        .crypto(crypto)
        .network(NetworkKey.SCUTTLEBUTT) // or a key of your own: NetworkKey.of(32 bytes)
        .identity(identity)
        .build();
  }
}
