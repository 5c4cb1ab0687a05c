package org.secrethandshake.channel;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.handshake.ServerKey;

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
    ServerKey key = client.serverKey(serverKey);
    Transports.Pair transports = Transports.pair();
    Future<SecretChannel> accepting =
        Background.WORKERS.submit(() -> server.accept(transports.right(), Authorizer.anyone()));
    try {
      SecretChannel connected = client.connect(transports.left(), key);
      return pairWith(connected, accepting);
    } catch (IOException | RuntimeException | Error e) {
      Deadline.closeQuietly(transports.right());
      abort(accepting);
      throw e;
    }
  }

  private static ChannelPair pairWith(SecretChannel connected, Future<SecretChannel> accepting)
      throws IOException {
    try {
      return new ChannelPair(connected, accepting.get());
    } catch (ExecutionException e) {
      connected.abort();
      throw new IOException("the accepting end of the pair failed", e.getCause());
    } catch (InterruptedException e) {
      connected.abort();
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    }
  }

  /** Ends what may have become a channel though the other end has failed. */
  private static void abort(Future<SecretChannel> accepting) {
    boolean interrupted = Thread.interrupted();
    try {
      accepting.get().abort();
    } catch (ExecutionException e) {
      // It has failed, too, and there is no channel.
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Closes both channels, at the same time, so that neither waits for the other's goodbye. */
  @Override
  public void close() {
    CompletableFuture<Void> other = CompletableFuture.runAsync(server::close, Background::run);
    try {
      client.close();
    } finally {
      other.join();
    }
  }
}
