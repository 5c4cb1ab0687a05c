package org.secrethandshake.channel;

import java.net.SocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.IdentityKey;

/**
 * Decides which clients a server lets in, after a client has proved its identity and before the
 * server shows its own.
 *
 * <p>The usual form is a lookup that may block:
 *
 * <pre>{@code
 * .authorizer(client -> directory.find(client))      // Optional<Account>
 * }</pre>
 *
 * <p>The wait for an answer counts towards the handshake's deadline. When that passes, the client
 * is cut, a blocked lookup is interrupted, and whatever it answers is ignored. A refused client
 * sees the connection close and nothing else, a quarter of a second after it spoke; only a lookup
 * that takes longer shows. An authorizer that throws refuses the client, too. Implementations are
 * thread-safe.
 */
@FunctionalInterface
public interface Authorizer {
  /**
   * Decides about one client. An authorizer that only has this form is called on a thread of its
   * own, with the context class loader of the thread that runs the handshake, and interrupted at
   * the handshake's deadline.
   *
   * @param client the public key that the client has proved to own
   * @return empty to refuse; any value to let it in, which the channel carries as its {@link
   *     SecretChannel#authorization}
   * @throws Exception if it cannot tell; the client is refused
   */
  Optional<?> authorize(IdentityKey client) throws Exception;

  /**
   * Decides about one client, knowing also where it is. Called instead of the first form, which it
   * calls unless it is overridden.
   *
   * @param address the client's socket address; {@code null} over a transport that does not tell
   */
  default Optional<?> authorize(IdentityKey client, @Nullable SocketAddress address)
      throws Exception {
    return authorize(client);
  }

  /**
   * Asks for a decision without waiting for it. Called instead of the other forms, which it calls
   * on a thread of its own unless it is overridden.
   *
   * @return the answer, which is cancelled at the handshake's deadline
   */
  default CompletionStage<? extends Optional<?>> authorizeAsync(
      IdentityKey client, @Nullable SocketAddress address) {
    return BlockingAnswer.begin(() -> authorize(client, address), Background.WORKERS);
  }

  /**
   * Returns this authorizer with its lookups on threads of an executor instead of threads of their
   * own. A lookup that waits for such a thread waits within the handshake's deadline, and one that
   * the executor rejects refuses the client.
   */
  default Authorizer on(Executor executor) {
    Authorizer lookup = this;
    return new Authorizer() {
      @Override
      public Optional<?> authorize(IdentityKey client) throws Exception {
        return lookup.authorize(client);
      }

      @Override
      public Optional<?> authorize(IdentityKey client, @Nullable SocketAddress address)
          throws Exception {
        return lookup.authorize(client, address);
      }

      @Override
      public CompletionStage<? extends Optional<?>> authorizeAsync(
          IdentityKey client, @Nullable SocketAddress address) {
        return BlockingAnswer.begin(() -> lookup.authorize(client, address), executor);
      }
    };
  }

  /** Makes an authorizer of a lookup that answers later, and may complete on any thread. */
  static Authorizer async(Function<IdentityKey, CompletionStage<? extends Optional<?>>> lookup) {
    return new Authorizer() {
      @Override
      public Optional<?> authorize(IdentityKey client) throws Exception {
        return lookup.apply(client).toCompletableFuture().get();
      }

      @Override
      public CompletionStage<? extends Optional<?>> authorizeAsync(
          IdentityKey client, @Nullable SocketAddress address) {
        return lookup.apply(client);
      }
    };
  }

  /** Lets every client of the network in; the authorization is the client's key. */
  static Authorizer anyone() {
    return async(client -> CompletableFuture.completedFuture(Optional.of(client)));
  }

  /** Lets the given clients in; the authorization is the client's key. */
  static Authorizer only(Set<IdentityKey> clients) {
    Set<IdentityKey> allowed = Set.copyOf(clients);
    return async(
        client -> CompletableFuture.completedFuture(Optional.of(client).filter(allowed::contains)));
  }
}
