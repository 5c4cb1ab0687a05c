package org.secrethandshake.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.channel.SecretChannel;

/**
 * Standard input to a channel, the channel to standard output, until both goodbyes have passed.
 *
 * <p>The end of standard input is our goodbye. After the peer's goodbye a terminal is not waited
 * for. A file or a pipe is still sent, since the peer may go on reading, until it ends or the peer
 * is gone: then what arrived by that time is sent, and more is not waited for.
 */
final class StdioRelay {
  private static final int BUFFER_BYTES = 64 * 1024;

  /**
   * How long the end of standard input may be the first sign of a signal. Ctrl-C ends the program
   * that writes into our pipe as well, and what it has written by then is not the whole.
   */
  private static final long SIGNAL_MILLIS = 100;

  /** How long standard input must give nothing to count as idle, once the peer is gone. */
  private static final long IDLE_MILLIS = 50;

  private final Shell shell;
  private final SecretChannel channel;
  private final ChannelsInUse channels;
  private final CompletableFuture<Boolean> sent = new CompletableFuture<>();
  private final CompletableFuture<Boolean> received = new CompletableFuture<>();
  private final CompletableFuture<Boolean> peerGone = new CompletableFuture<>();

  /** The reading of standard input that is under way: another object for each. */
  private volatile @Nullable Object reading;

  StdioRelay(Shell shell, SecretChannel channel, ChannelsInUse channels) {
    this.shell = shell;
    this.channel = channel;
    this.channels = channels;
  }

  /** Relays, and closes the channel. */
  void run() throws Exception {
    channels.use(channel, this::relay);
  }

  private void relay() throws Exception {
    start(this::send, "shs-send");
    start(this::receive, "shs-receive");
    await(received);
    if (!shell.isTerminal(Shell.Stream.IN)) {
      await(CompletableFuture.anyOf(sent.exceptionally(e -> false), peerGone));
      awaitEndOrIdleInput();
    }
  }

  /** A thread that waits for standard input cannot be ended, so it must not hold up the exit. */
  private static void start(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void send() {
    byte[] bytes = new byte[BUFFER_BYTES];
    try {
      for (int count = readInput(bytes); count >= 0; count = readInput(bytes)) {
        channel.write(ByteBuffer.wrap(bytes, 0, count));
      }
      if (!channels.signalledWithin(SIGNAL_MILLIS)) {
        channel.shutdownOutput();
        sent.complete(true);
      }
    } catch (Failure | InterruptedException e) {
      received.completeExceptionally(e);
      sent.completeExceptionally(e);
    } catch (Throwable e) {
      // The peer may have said much before it went away, so the receiver goes on.
      sent.completeExceptionally(e);
    }
  }

  private void receive() {
    byte[] bytes = new byte[BUFFER_BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      for (int count = channel.read(buffer); count >= 0; count = channel.read(buffer.clear())) {
        shell.write(bytes, count);
      }
      received.complete(true);
      channel.awaitPeerGone();
    } catch (Throwable e) {
      received.completeExceptionally(e);
    } finally {
      peerGone.complete(true);
    }
  }

  private int readInput(byte[] bytes) throws Failure {
    reading = new Object();
    try {
      return shell.in().read(bytes);
    } catch (IOException e) {
      throw new Failure(
          ExitCodes.STREAM_CUT,
          "Standard input failed (%s), so the channel was cut.".formatted(Words.of(e)),
          e);
    } finally {
      reading = null;
    }
  }

  /**
   * Waits for the sender, once the peer is gone only as long as it has something to send. Without
   * the end of standard input there is no goodbye, so the channel is aborted.
   */
  private void awaitEndOrIdleInput() throws Exception {
    while (!sent.isDone()) {
      Object before = reading;
      sleepUntilSent();
      if (before != null && before == reading && shell.in().available() == 0) {
        channel.abort();
        return;
      }
    }
    try {
      await(sent);
    } catch (IOException e) {
      if (e instanceof BoxStreamException cut
          && cut.reason() == BoxStreamException.Reason.TIMEOUT) {
        throw e;
      }
      throw new Failure(
          ExitCodes.STREAM_CUT,
          "The peer said goodbye and went away before it had taken all of standard input.",
          e);
    }
  }

  private void sleepUntilSent() throws InterruptedException {
    try {
      sent.get(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // The caller looks again.
    }
  }

  private static void await(CompletableFuture<?> end) throws Exception {
    try {
      end.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }
}
