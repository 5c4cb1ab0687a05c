package org.secrethandshake.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.secrethandshake.channel.SecretChannel;

/**
 * Standard input to a channel, the channel to standard output, until both goodbyes have passed.
 *
 * <p>The end of standard input is our goodbye. After the peer's goodbye nobody waits for a terminal
 * to end; a file or a pipe is still sent whole, since the peer may go on reading.
 *
 * <p>If this fails the channel is aborted: closing it would say goodbye, and the peer would take a
 * part for the whole.
 */
final class StdioRelay {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Shell shell;
  private final SecretChannel channel;
  private final CompletableFuture<Boolean> sent = new CompletableFuture<>();
  private final CompletableFuture<Boolean> received = new CompletableFuture<>();

  StdioRelay(Shell shell, SecretChannel channel) {
    this.shell = shell;
    this.channel = channel;
  }

  /** Relays, and closes the channel. */
  void run() throws Exception {
    start(this::send, "shs-send");
    start(this::receive, "shs-receive");
    boolean relayed = false;
    try {
      await(received);
      if (!shell.isTerminal(Shell.Stream.IN)) {
        awaitSent();
      }
      relayed = true;
      channel.close();
    } finally {
      if (!relayed) {
        channel.abort();
      }
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
      channel.shutdownOutput();
      sent.complete(true);
    } catch (Failure e) {
      received.completeExceptionally(e);
    } catch (IOException | RuntimeException e) {
      // The peer may have said much before it went away, so the receiver goes on.
      sent.completeExceptionally(e);
    }
  }

  private void receive() {
    byte[] bytes = new byte[BUFFER_BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      for (int count = channel.read(buffer); count >= 0; count = channel.read(buffer.clear())) {
        writeOutput(bytes, count);
      }
      received.complete(true);
    } catch (IOException | Failure | RuntimeException e) {
      received.completeExceptionally(e);
    }
  }

  private int readInput(byte[] bytes) throws Failure {
    try {
      return shell.in().read(bytes);
    } catch (IOException e) {
      throw new Failure(
          ExitCodes.STREAM_CUT, "Standard input failed, so the channel was cut: " + e, e);
    }
  }

  private void writeOutput(byte[] bytes, int count) throws Failure {
    try {
      shell.out().write(bytes, 0, count);
    } catch (IOException e) {
      throw new Failure(
          ExitCodes.STREAM_CUT,
          "Standard output takes no more (%s), so the channel was cut.".formatted(e.getMessage()),
          e);
    }
  }

  private void awaitSent() throws Exception {
    try {
      await(sent);
    } catch (IOException e) {
      throw new Failure(
          ExitCodes.STREAM_CUT,
          "The peer said goodbye and went away before it had taken all of standard input.",
          e);
    }
  }

  private static void await(CompletableFuture<Boolean> end) throws Exception {
    try {
      end.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }
}
