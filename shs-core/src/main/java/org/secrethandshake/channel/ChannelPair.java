package org.secrethandshake.channel;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.handshake.Remote;

/**
 * Two connected channels within one process, after a real handshake over an in-memory transport:
 * for the tests of applications, and for parts of one program that do not trust each other.
 *
 * @param client the dialling end
 * @param server the accepting end
 */
public record ChannelPair(SecretChannel client, SecretChannel server) implements AutoCloseable {
  /**
   * Connects two sides. Both must hold the same network key.
   *
   * @param serverKey the public key of {@code server}'s identity
   * @throws IOException if the handshake fails, with the client's reason
   */
  public static ChannelPair connect(
      SecretHandshake client, SecretHandshake server, IdentityKey serverKey) throws IOException {
    Remote remote = client.remote(serverKey);
    Transports.Pair transports = Transports.pair();
    CompletableFuture<SecretChannel> accepted = new CompletableFuture<>();
    Thread acceptor =
        new Thread(
            () -> {
              try {
                accepted.complete(server.accept(transports.right(), Authorizer.anyone()));
              } catch (IOException | RuntimeException | Error e) {
                accepted.completeExceptionally(e);
              }
            },
            "shs-pair");
    acceptor.setDaemon(true);
    acceptor.start();
    SecretChannel connected = client.connect(transports.left(), remote);
    try {
      return new ChannelPair(connected, accepted.join());
    } catch (CompletionException e) {
      connected.close();
      throw new IOException("the accepting end of the pair failed", e.getCause());
    }
  }

  /** Closes both channels, at the same time, so that neither waits for the other's goodbye. */
  @Override
  public void close() {
    CompletableFuture<Void> other = CompletableFuture.runAsync(server::close);
    client.close();
    other.join();
  }
}
