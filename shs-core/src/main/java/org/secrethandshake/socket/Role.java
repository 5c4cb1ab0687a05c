package org.secrethandshake.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ByteChannel;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.handshake.ServerKey;

/** What a socket is in its handshake: client or server. */
interface Role {
  /** A handshake with one peer. */
  interface Opening {
    SecretChannel over(ByteChannel transport) throws IOException;
  }

  /** Prepares the handshake with the peer at an address, before anything is sent to it. */
  Opening with(InetSocketAddress peer) throws IOException;

  /**
   * Whether the handshake is part of connecting. A server's is not: it would hold up the loop that
   * accepts the next connection.
   */
  boolean beginsWhenConnected();

  /** The side that dials. */
  record Client(SecretHandshake shs, ServerKeys servers) implements Role {
    @Override
    public Opening with(InetSocketAddress peer) throws IOException {
      ServerKey key = servers.at(peer);
      return transport -> shs.connect(transport, key);
    }

    @Override
    public boolean beginsWhenConnected() {
      return true;
    }
  }

  /** The side that is dialled. */
  record Server(SecretHandshake shs, Authorizer authorizer) implements Role {
    @Override
    public Opening with(InetSocketAddress peer) {
      return transport -> shs.accept(transport, new AuthorizerAt(authorizer, peer));
    }

    @Override
    public boolean beginsWhenConnected() {
      return false;
    }
  }

  /** An authorizer that is told where the client is, which the transport does not tell. */
  record AuthorizerAt(Authorizer authorizer, InetSocketAddress address) implements Authorizer {
    @Override
    public Optional<?> authorize(IdentityKey client) throws Exception {
      return authorizer.authorize(client, address);
    }

    @Override
    public CompletionStage<? extends Optional<?>> authorizeAsync(
        IdentityKey client, @Nullable SocketAddress unknown) {
      return authorizer.authorizeAsync(client, address);
    }
  }
}
