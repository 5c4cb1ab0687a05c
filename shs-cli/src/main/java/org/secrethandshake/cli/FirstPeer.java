package org.secrethandshake.cli;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretServer;

/** Takes the first client whose handshake is completed. Whoever comes later is refused. */
final class FirstPeer implements Authorizer, SecretServer.Handler, AutoCloseable {
  private final Authorizer policy;
  private final CompletableFuture<SecretChannel> first = new CompletableFuture<>();
  private final CountDownLatch released = new CountDownLatch(1);

  FirstPeer(Authorizer policy) {
    this.policy = policy;
  }

  @Override
  public Optional<?> authorize(IdentityKey client) throws Exception {
    return first.isDone() ? Optional.empty() : policy.authorize(client);
  }

  /** Two handshakes may end at the same time: the second one's channel is closed at once. */
  @Override
  public void handle(SecretChannel channel) throws InterruptedException {
    if (first.complete(channel)) {
      released.await();
    }
  }

  boolean isTaken() {
    return first.isDone();
  }

  /** Waits for the client. Its channel stays open until this is closed. */
  SecretChannel channel() throws InterruptedException {
    try {
      return first.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    released.countDown();
  }
}
