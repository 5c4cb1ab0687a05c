package org.secrethandshake.channel;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.BoxStreamException;

/**
 * Joins two channels: what one delivers is written to the other, in both directions at once.
 *
 * <p><b>An end is passed on as an end, and a fault as a cut.</b> A goodbye becomes the end of the
 * other channel's output, and the end of a socket's input becomes a goodbye; the other direction
 * goes on. If either channel fails, both are cut: a secret channel without a goodbye, a TCP socket
 * by a reset, so that nobody takes a part for the whole. A Unix domain socket knows no reset, and
 * neither do streams; their reader sees an end, and their writer a failure. The {@code SO_LINGER}
 * of a socket is the relay's to set.
 *
 * <p>A relay holds 8 KB of plaintext while nothing moves and at most 136 KB while it does. It reads
 * no further than it can write, so that a slow receiver slows its sender down.
 *
 * <pre>{@code
 * SecretServer.builder(shs)
 *     .authorizer(Authorizer.only(friends))
 *     .handler(channel -> Relay.join(channel, SocketChannel.open(database)))
 * }</pre>
 */
public final class Relay {
  private static final Executor THREADS = ServerExecutor.shared();

  private final ByteChannel left;
  private final ByteChannel right;
  private volatile boolean endingLeft;
  private volatile boolean endingRight;
  private volatile @Nullable Throwable failure;

  private Relay(ByteChannel left, ByteChannel right) {
    this.left = left;
    this.right = right;
  }

  /**
   * Relays until both directions have ended, and closes both channels in any case. One direction
   * runs on this thread, the other on a virtual thread where the JDK has them.
   *
   * <p>Interrupting this thread cuts both channels. A secret channel whose peer has said goodbye
   * and then goes away before it has ours counts as failed.
   *
   * @param left a {@link SecretChannel}, a blocking {@link SocketChannel} of TCP or the Unix
   *     domain, or a transport that {@link Transports} made of a socket or of streams
   * @param right the same
   * @throws BoxStreamException if a secret channel failed first
   * @throws ClosedByInterruptException if this thread is interrupted
   * @throws IOException if another channel failed first, or somebody closed one
   * @throws IllegalArgumentException if the output of a channel cannot be ended alone; both
   *     channels are closed then, too
   */
  public static void join(ByteChannel left, ByteChannel right) throws IOException {
    new Relay(left, right).run();
  }

  private void run() throws IOException {
    CompletableFuture<Void> back;
    try {
      requireHalfClosable(left);
      requireHalfClosable(right);
      closeByReset(left, true);
      closeByReset(right, true);
      back = CompletableFuture.runAsync(() -> move(right, left), THREADS);
    } catch (IOException | RuntimeException | Error e) {
      cut(left);
      cut(right);
      throw e;
    }
    move(left, right);
    await(back);
    rethrow();
    closeWhole(left);
    closeWhole(right);
  }

  private void await(CompletableFuture<Void> back) {
    try {
      back.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(new ClosedByInterruptException());
      back.join();
    } catch (ExecutionException e) {
      fail(e);
    }
  }

  private void rethrow() throws IOException {
    Throwable first = failure;
    if (first instanceof IOException e) {
      throw e;
    } else if (first instanceof RuntimeException e) {
      throw e;
    } else if (first instanceof Error e) {
      throw e;
    } else if (first != null) {
      throw new AssertionError("no direction throws this", first);
    }
  }

  /** Moves one direction to its end, or cuts both. */
  private void move(ByteChannel from, ByteChannel to) {
    try {
      copy(from, to);
      announceEnd(to);
      endOutput(to);
      if (from instanceof SecretChannel secret) {
        awaitPeerGone(secret);
      }
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    }
  }

  private static void copy(ByteChannel from, ByteChannel to) throws IOException {
    boolean arrays = from instanceof StreamTransport || to instanceof StreamTransport;
    try (RelayBuffer buffer = new RelayBuffer(arrays)) {
      for (int count = 0; count >= 0; count = from.read(buffer.toFill())) {
        ByteBuffer filled = buffer.toDrain();
        while (filled.hasRemaining()) {
          to.write(filled);
        }
      }
    }
  }

  /** Before the end itself, because the peer may close as soon as it has seen that. */
  private void announceEnd(ByteChannel of) {
    if (of == left) {
      endingLeft = true;
    } else {
      endingRight = true;
    }
  }

  /** Nobody else reads from the peer now. It may close only once it has the end of our output. */
  private void awaitPeerGone(SecretChannel channel) throws IOException {
    try {
      channel.awaitPeerGone();
    } catch (ClosedChannelException e) {
      if (!isEnding(channel)) {
        throw e;
      }
    }
    if (!isEnding(channel)) {
      throw new BoxStreamException(
          BoxStreamException.Reason.TRUNCATED,
          "The peer closed the connection after its goodbye, without waiting for ours.");
    }
  }

  private boolean isEnding(ByteChannel channel) {
    return channel == left ? endingLeft : endingRight;
  }

  /** The first failure is kept: those that follow come from our cuts. */
  private void fail(Throwable cause) {
    synchronized (this) {
      if (failure == null) {
        failure = cause;
      }
    }
    cut(left);
    cut(right);
  }

  private static void requireHalfClosable(ByteChannel channel) {
    if (!(channel instanceof SecretChannel
        || channel instanceof SocketChannel
        || channel instanceof StreamTransport)) {
      throw new IllegalArgumentException(
          "a relay must be able to end the output of a channel alone, which this one cannot: "
              + channel);
    }
  }

  private static void endOutput(ByteChannel channel) throws IOException {
    if (channel instanceof SecretChannel secret) {
      secret.shutdownOutput();
    } else if (channel instanceof SocketChannel socket) {
      socket.shutdownOutput();
    } else if (channel instanceof StreamTransport streams) {
      streams.shutdownOutput();
    }
  }

  private static void cut(ByteChannel channel) {
    if (channel instanceof SecretChannel secret) {
      secret.abort();
    } else {
      Deadline.closeQuietly(channel);
    }
  }

  private static void closeWhole(ByteChannel channel) {
    try {
      closeByReset(channel, false);
    } catch (IOException e) {
      // Both ends have passed, so a reset takes nothing away.
    }
    Deadline.closeQuietly(channel);
  }

  /**
   * Whether a close of a socket is a reset. It is from the beginning until all has passed, because
   * an interrupt closes sockets as well, and so does the system when the process is killed.
   */
  private static void closeByReset(ByteChannel channel, boolean reset) throws IOException {
    int seconds = reset ? 0 : -1;
    if (channel instanceof SocketChannel socket
        && socket.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
      socket.setOption(StandardSocketOptions.SO_LINGER, seconds);
    } else if (channel instanceof StreamTransport streams) {
      streams.closeByReset(reset);
    }
  }
}
