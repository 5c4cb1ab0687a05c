package org.secrethandshake.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.HandshakeProgress;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;

/**
 * One handshake on an event loop: its messages, its deadline, the question to the authorizer, and
 * the time at which a failure may be shown. Belongs to the event loop.
 */
final class HandshakeRun {
  private enum State {
    /** Messages are exchanged. */
    RUNNING,
    /** The authorizer has the word. */
    AUTHORIZING,
    /** It has failed, which is not shown yet. */
    REFUSING,
    /** The owner knows the outcome. */
    OVER
  }

  /** Learns the one outcome, and when input is wanted again. */
  interface Owner {
    /**
     * The handshake succeeded.
     *
     * @param session closed after this returns
     */
    void opened(Session session, @Nullable Object authorization);

    /** The handshake failed, and that may be shown now. */
    void failed(Throwable cause);

    /** The authorizer has let the client in, so input is taken again. */
    void goOn();
  }

  private final Handshake handshake;
  private final HandshakeProgress progress;
  private final Authorizer authorizer;
  private final ChannelHandlerContext ctx;
  private final Owner owner;
  private final long deadline;
  private State state = State.RUNNING;
  private Future<?> timer;
  private @Nullable CompletableFuture<? extends Optional<?>> answer;
  private @Nullable Object authorization;
  private @Nullable HandshakeException refusal;

  /** Prepares to run a handshake from its beginning; {@link #advance} begins. */
  HandshakeRun(
      Handshake handshake,
      Duration timeout,
      Authorizer authorizer,
      ChannelHandlerContext ctx,
      Owner owner) {
    this.handshake = handshake;
    this.progress = new HandshakeProgress(handshake);
    this.authorizer = authorizer;
    this.ctx = ctx;
    this.owner = owner;
    long nanos = nanos(timeout);
    this.deadline = System.nanoTime() + nanos;
    this.timer = ctx.executor().schedule(this::deadlinePassed, nanos, TimeUnit.NANOSECONDS);
  }

  /** The nanoseconds of any duration, as far as an event loop can wait. */
  private static long nanos(Duration duration) {
    Duration longest = Duration.ofDays(1000);
    return (duration.compareTo(longest) < 0 ? duration : longest).toNanos();
  }

  private void deadlinePassed() {
    if (state == State.RUNNING || state == State.AUTHORIZING) {
      failed(progress.timeout());
    }
  }

  /** Whether more input is wanted now: not while the authorizer thinks, nor after a failure. */
  boolean takesInput() {
    return state == State.RUNNING;
  }

  /** Takes what belongs to the awaited message. */
  void receive(ByteBuf bytes) {
    progress.messageCame();
    try {
      int length = Math.min(bytes.readableBytes(), handshake.bytesNeeded());
      for (ByteBuffer piece : Views.readable(bytes, length)) {
        handshake.receive(piece);
      }
      bytes.skipBytes(length);
    } catch (HandshakeException e) {
      failed(e);
    } catch (RuntimeException | Error e) {
      tell(e);
    }
    advance();
  }

  /** Goes on until the handshake waits for something. */
  void advance() {
    while (state == State.RUNNING && handshake.step() != Handshake.Step.RECEIVE) {
      try {
        switch (handshake.step()) {
          case SEND -> send();
          case AUTHORIZE -> authorize((ServerHandshake) handshake);
          default -> opened();
        }
      } catch (RuntimeException | Error e) {
        tell(e);
      }
    }
  }

  private void send() {
    ByteBuf message = ctx.alloc().buffer(handshake.bytesToSend());
    try {
      ByteBuffer view = Views.writable(message);
      handshake.send(view);
      message.writerIndex(message.capacity() - view.remaining());
    } catch (RuntimeException | Error e) {
      message.release();
      throw e;
    }
    progress.messageSent();
    ctx.writeAndFlush(message)
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                transportFailed(written.cause());
              }
            });
  }

  private void opened() {
    try (Session session = handshake.finish()) {
      owner.opened(session, authorization);
    }
    end();
  }

  private void authorize(ServerHandshake server) {
    state = State.AUTHORIZING;
    try {
      answer =
          authorizer
              .authorizeAsync(server.clientKey(), ctx.channel().remoteAddress())
              .toCompletableFuture();
    } catch (RuntimeException | Error e) {
      failed(progress.authorizerFailed(e));
      return;
    }
    EventExecutor loop = ctx.executor();
    var unused =
        answer.whenComplete(
            (decision, failure) -> {
              if (loop.inEventLoop()) {
                answered(server);
              } else {
                loop.execute(() -> answered(server));
              }
            });
  }

  private void answered(ServerHandshake server) {
    if (state != State.AUTHORIZING) {
      return;
    }
    Optional<?> decision;
    try {
      decision = Objects.requireNonNull(Objects.requireNonNull(answer).join(), "no answer");
    } catch (CompletionException e) {
      failed(progress.authorizerFailed(e.getCause() == null ? e : e.getCause()));
      return;
    } catch (RuntimeException e) {
      failed(progress.authorizerFailed(e));
      return;
    }
    if (decision.isEmpty()) {
      server.refuse();
      failed(progress.refused());
    } else {
      authorization = decision.get();
      state = State.RUNNING;
      accept(server);
      owner.goOn();
    }
  }

  private void accept(ServerHandshake server) {
    try {
      server.accept();
    } catch (RuntimeException | Error e) {
      tell(e);
    }
    advance();
  }

  /** The transport's input has ended. */
  void peerClosed() {
    if (refusal != null) {
      tell(refusal);
    } else if (state != State.OVER) {
      tell(progress.closedByPeer());
    }
  }

  /** The transport has failed. */
  void transportFailed(Throwable cause) {
    if (refusal != null) {
      tell(refusal);
    } else if (state != State.OVER) {
      tell(progress.transportFailed(cause));
    }
  }

  /** This side gives up. */
  void giveUp(Throwable cause) {
    tell(refusal == null ? cause : refusal);
  }

  /** The handshake has failed. A server shows that to nobody before its time. */
  private void failed(HandshakeException failure) {
    long wait =
        Math.min(progress.nanosBeforeClose(failure), Math.max(0, deadline - System.nanoTime()));
    if (wait == 0) {
      tell(failure);
      return;
    }
    end();
    state = State.REFUSING;
    refusal = failure;
    timer = ctx.executor().schedule(() -> tell(failure), wait, TimeUnit.NANOSECONDS);
  }

  private void tell(Throwable cause) {
    if (state != State.OVER) {
      end();
      owner.failed(cause);
    }
  }

  /** Wipes all secrets, and tells no more. Ending again does nothing. */
  void end() {
    state = State.OVER;
    timer.cancel(false);
    handshake.close();
    if (answer != null) {
      answer.cancel(true);
    }
  }
}
