package org.secrethandshake.site.samples;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;

/** Alice, who dials, and Bob, who serves. */
final class Peers implements AutoCloseable {
  final CryptoProvider crypto = CryptoProviders.named("bouncycastle");
  final IdentityKeyPair alice = IdentityKeyPair.generate(crypto);
  final IdentityKeyPair bob = IdentityKeyPair.generate(crypto);
  final SecretHandshake client = side(alice);
  final SecretHandshake service = side(bob);

  private SecretHandshake side(IdentityKeyPair identity) {
    return SecretHandshake.builder()
        .crypto(crypto)
        .network(NetworkKey.SCUTTLEBUTT)
        .identity(identity)
        .build();
  }

  SecretServer echo(int port) throws IOException {
    return SecretServer.builder(service)
        .authorizer(Authorizer.anyone())
        .handler(channel -> channel.inputStream().transferTo(channel.outputStream()))
        .start(new InetSocketAddress("127.0.0.1", port));
  }

  MultiserverAddress address(SecretServer server) {
    return MultiserverAddress.of("127.0.0.1", server.localAddress().getPort(), bob.publicKey());
  }

  @Override
  public void close() {
    client.close();
    service.close();
    alice.close();
    bob.close();
  }
}
