package org.secrethandshake.conformance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;

/** Our server over TCP for one connection of the reference, and what becomes of that. */
final class OurServer<T> implements AutoCloseable {
  private static final long SECONDS = 60;

  private final SecretServer server;

  /** For a handler that has told its result and not returned yet. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final CompletableFuture<Throwable> refusal = new CompletableFuture<>();

  /** What is done with the channel. */
  interface Use<T> {
    T use(SecretChannel channel) throws Exception;
  }

  OurServer(SecretHandshake shs, Authorizer authorizer, Use<T> use) throws IOException {
    server =
        SecretServer.builder(shs)
            .authorizer(authorizer)
            .handler(channel -> handle(channel, use))
            .listener((reason, client) -> refusal.complete(reason))
            .start(new InetSocketAddress(Peers.LOCALHOST, 0));
  }

  private void handle(SecretChannel channel, Use<T> use) {
    try {
      result.complete(use.use(channel));
    } catch (Exception | AssertionError e) {
      result.completeExceptionally(e);
    }
  }

  int port() {
    return server.localAddress().getPort();
  }

  /** What was made of the channel. */
  T result() throws InterruptedException, ExecutionException, TimeoutException {
    return result.get(SECONDS, TimeUnit.SECONDS);
  }

  /** Why no channel came to be. */
  HandshakeException refusal() throws InterruptedException, ExecutionException, TimeoutException {
    return (HandshakeException) refusal.get(SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    server.stop(GRACE);
  }
}
