package org.secrethandshake.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.secrethandshake.channel.SecretChannel;

/**
 * Relays standard input and output through the channel of the first client whose handshake is
 * completed. Whoever comes later is refused.
 */
final class FirstPeer implements ListenService {
  private final Shell shell;
  private final ChannelsInUse channels;
  private final CompletableFuture<SecretChannel> first = new CompletableFuture<>();
  private final CountDownLatch relayed = new CountDownLatch(1);

  FirstPeer(Shell shell, ChannelsInUse channels) {
    this.shell = shell;
    this.channels = channels;
  }

  @Override
  public boolean takesClients() {
    return !first.isDone();
  }

  /** Two handshakes may end at the same time: the second one's channel is closed at once. */
  @Override
  public void handle(SecretChannel channel) throws InterruptedException {
    if (first.complete(channel)) {
      relayed.await();
    }
  }

  @Override
  public void awaitEnd() throws Exception {
    SecretChannel channel = channel();
    try {
      if (shell.isTerminal(Shell.Stream.ERR)) {
        shell.say("connected to " + channel.peer());
      }
      new StdioRelay(shell, channel, channels).run();
    } finally {
      relayed.countDown();
    }
  }

  private SecretChannel channel() throws InterruptedException {
    try {
      return first.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
