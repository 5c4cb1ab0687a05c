package org.secrethandshake.examples;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.channel.ServerListener;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;

/** A server that runs the handler of an example, and what its clients need to dial it. */
final class Served implements AutoCloseable {
  static final CryptoProvider CRYPTO = CryptoProviders.onlyInstalled();

  private final IdentityKeyPair own;
  private final SecretHandshake shs;
  private final SecretServer server;

  private Served(
      IdentityKeyPair own, int port, Authorizer authorizer, ServerListener listener, Use use)
      throws IOException {
    this.own = own;
    this.shs = side(own);
    this.server =
        SecretServer.builder(shs)
            .authorizer(authorizer)
            .handler(use.handler(own))
            .listener(listener)
            .start(new InetSocketAddress("127.0.0.1", port));
  }

  /** Makes the handler of a server that has this identity. */
  interface Use {
    SecretServer.Handler handler(IdentityKeyPair own);
  }

  static Served by(SecretServer.Handler handler) throws IOException {
    return by(Authorizer.anyone(), (reason, client) -> {}, handler);
  }

  static Served by(Authorizer authorizer, ServerListener listener, SecretServer.Handler handler)
      throws IOException {
    return new Served(IdentityKeyPair.generate(CRYPTO), 0, authorizer, listener, own -> handler);
  }

  static Served withIdentity(Use use) throws IOException {
    IdentityKeyPair own = IdentityKeyPair.generate(CRYPTO);
    return new Served(own, 0, Authorizer.anyone(), (reason, client) -> {}, use);
  }

  /** The same server once more, after it was closed. */
  Served again(SecretServer.Handler handler) throws IOException {
    return new Served(
        own,
        server.localAddress().getPort(),
        Authorizer.anyone(),
        (reason, client) -> {},
        sameIdentity -> handler);
  }

  static SecretHandshake side(IdentityKeyPair identity) {
    return SecretHandshake.builder().network(NetworkKey.SCUTTLEBUTT).identity(identity).build();
  }

  MultiserverAddress address() {
    return MultiserverAddress.of("127.0.0.1", server.localAddress().getPort(), own.publicKey());
  }

  IdentityKeyPair own() {
    return own;
  }

  SecretChannel dial() throws IOException {
    try (IdentityKeyPair client = IdentityKeyPair.generate(CRYPTO)) {
      return dial(client);
    }
  }

  SecretChannel dial(IdentityKeyPair client) throws IOException {
    try (SecretHandshake dialer = side(client)) {
      return dialer.connect(address());
    }
  }

  @Override
  public void close() {
    server.close();
    shs.close();
  }
}
