package org.secrethandshake.channel;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.secrethandshake.IdentityKey;

/**
 * Decides which clients a server lets in, after a client has proved its identity and before the
 * server shows its own.
 *
 * <p>The answer may come later and from another thread; the wait counts towards the handshake's
 * deadline, and an answer that comes after it is ignored. A refused client sees the connection
 * close and nothing else. An authorizer that throws refuses the client, too. Implementations are
 * thread-safe.
 */
@FunctionalInterface
public interface Authorizer {
  /**
   * Decides about one client.
   *
   * @param client the public key that the client has proved to own
   * @return empty to refuse; any value to let it in, which the channel carries as its {@link
   *     SecretChannel#authorization}
   */
  CompletionStage<? extends Optional<?>> authorize(IdentityKey client);

  /** Lets every client of the network in; the authorization is the client's key. */
  static Authorizer anyone() {
    return client -> CompletableFuture.completedFuture(Optional.of(client));
  }

  /** Lets the given clients in; the authorization is the client's key. */
  static Authorizer only(Set<IdentityKey> clients) {
    Set<IdentityKey> allowed = Set.copyOf(clients);
    return client ->
        CompletableFuture.completedFuture(Optional.of(client).filter(allowed::contains));
  }
}
