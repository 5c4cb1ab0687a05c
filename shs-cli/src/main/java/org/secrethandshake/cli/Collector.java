package org.secrethandshake.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.secrethandshake.channel.SecretChannel;

/**
 * Writes what clients send to standard output, one client after the other, in the order in which
 * they came. Our goodbye follows the client's as soon as standard output has taken all, so a client
 * that sees it knows that nothing was lost.
 */
final class Collector implements ListenService {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Shell shell;
  private final ChannelsInUse channels;
  private final ConnectionLog log;
  private final Optional<Duration> idle;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final CompletableFuture<Failure> failure = new CompletableFuture<>();

  Collector(Shell shell, ChannelsInUse channels, ConnectionLog log, Optional<Duration> idle) {
    this.shell = shell;
    this.channels = channels;
    this.log = log;
    this.idle = idle;
  }

  /** Serves until standard output fails. */
  @Override
  public void awaitEnd() throws Exception {
    throw failure.get();
  }

  @Override
  public void handle(SecretChannel channel) throws Exception {
    // A client that waits for its turn is not silent by its own doing.
    channel.idleTimeout(null);
    turn.lockInterruptibly();
    try {
      channel.idleTimeout(idle.orElse(null));
      channels.use(channel, () -> collect(channel));
    } catch (Failure e) {
      failure.complete(e);
    } catch (IOException e) {
      log.failed("a channel was cut, and what came through it is not the whole", e);
    } finally {
      turn.unlock();
    }
  }

  private void collect(SecretChannel channel) throws IOException, Failure {
    byte[] bytes = new byte[BUFFER_BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int count = channel.read(buffer); count >= 0; count = channel.read(buffer.clear())) {
      shell.write(bytes, count);
    }
  }
}
