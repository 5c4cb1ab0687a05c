package org.secrethandshake.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.PromiseNotifier;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.HandshakeProgress;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.Transports;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.handshake.Session;

/**
 * Makes a secret channel of a Netty channel: the handlers behind this one read and write plaintext,
 * and what travels is a mutually authenticated, encrypted, forward-secret box stream.
 *
 * <p>What is read was written by the peer, in order and complete. Nothing is read, and no write
 * leaves, before both sides are authenticated and the server has let the client in. A handshake
 * that fails closes the channel without a word, a server's only after as long as {@link
 * HandshakeProgress#nanosBeforeClose} says.
 *
 * <p><b>The handshake</b> begins when the channel is active, and has the time of {@link
 * SecretHandshake#timeout()}, authorizer included. Its outcome is a {@link
 * SecretHandshakeCompletionEvent} for the handlers behind, and {@link #handshakeFuture()}. Writes
 * wait for it: they count towards the channel's watermarks, and those that were flushed leave when
 * it is done.
 *
 * <p><b>The authorizer</b> never blocks the event loop: one that blocks runs on a thread of its
 * own, or of the executor of {@link Authorizer#on}. No more is read from the channel while it
 * thinks, and what has come already is kept.
 *
 * <p><b>The end.</b> After the peer's goodbye comes what comes after the end of a plain channel's
 * input: with {@link ChannelOption#ALLOW_HALF_CLOSURE} a {@link ChannelInputShutdownEvent}, and the
 * output stays open; without it the channel is closed, with our goodbye. A connection that merely
 * ends is an {@code exceptionCaught} with a {@link org.secrethandshake.BoxStreamException} of
 * reason {@code TRUNCATED}, and so is an altered one with another reason, before {@code
 * channelInactive}. {@code close} sends all that was written, flushed or not, and our goodbye; it
 * waits for the peer's, and for all of that at most {@link SecretChannel#CLOSE_BOUND}, and drops
 * what comes meanwhile. {@link #shutdownOutput()} says goodbye and goes on reading. Both goodbyes
 * close the channel.
 *
 * <p>The time limits of the {@code SecretHandshake} for writes and silence do not apply here:
 * Netty's {@code WriteTimeoutHandler} and {@code IdleStateHandler} do that.
 *
 * <p>One handler serves one channel. Removing it from a channel that is open closes the channel,
 * because the rest of the pipeline would go on in plaintext.
 *
 * <pre>{@code
 * protected void initChannel(SocketChannel channel) {
 *   channel.pipeline().addLast(
 *       SecretHandshakeHandler.server(shs, client -> directory.find(client)),
 *       new MyHandler());
 * }
 * }</pre>
 */
// What becomes of a close or a write is told by the pipeline, whoever looks at its future.
@SuppressWarnings("FutureReturnValueIgnored")
public final class SecretHandshakeHandler extends ChannelDuplexHandler {
  private enum Phase {
    /** The channel is not active yet. */
    WAITING,
    /** Nothing but the handshake's messages is exchanged. */
    HANDSHAKE,
    /** Plaintext is exchanged. */
    OPEN,
    /** We take leave. */
    CLOSING,
    /** Nothing is left. */
    OVER
  }

  private final Handshake handshake;
  private final Duration timeout;
  private final int maxBodyBytes;
  private final Authorizer authorizer;
  private final LoopPromise<IdentityKey> handshakeDone = new LoopPromise<>();
  private final LoopPromise<Void> goodbyesDone = new LoopPromise<>();

  private Phase phase = Phase.WAITING;
  private @Nullable ChannelHandlerContext context;
  private @Nullable HandshakeRun run;
  private @Nullable Output output;
  private @Nullable Input input;

  /** What has come and may not be taken yet. */
  private final ArrayDeque<ByteBuf> received = new ArrayDeque<>(2);

  private final Demand demand = new Demand();
  private boolean taking;
  private boolean transportEnded;
  private boolean goodbyeTold;

  private @Nullable Parting parting;

  private SecretHandshakeHandler(SecretHandshake shs, Handshake handshake, Authorizer authorizer) {
    this.handshake = handshake;
    this.timeout = shs.timeout();
    this.maxBodyBytes = shs.maxBodyBytes();
    this.authorizer = authorizer;
  }

  /**
   * Makes the client's handler of one channel, whose peer has to prove that it owns a server key.
   *
   * @throws IllegalStateException if no identity is configured, or if {@code shs} is closed
   * @throws org.secrethandshake.spi.CryptoProviderException if the backend breaks
   */
  public static SecretHandshakeHandler client(SecretHandshake shs, ServerKey server) {
    return new SecretHandshakeHandler(shs, shs.client(server), Authorizer.anyone());
  }

  /**
   * Makes the client's handler of one channel, under an identity for it: a fresh one to stay
   * anonymous, or that of an invite. Otherwise as {@link #client(SecretHandshake, ServerKey)}.
   *
   * @param identity copied
   */
  public static SecretHandshakeHandler client(
      SecretHandshake shs, ServerKey server, IdentityKeyPair identity) {
    return new SecretHandshakeHandler(shs, shs.client(server, identity), Authorizer.anyone());
  }

  /**
   * Makes the server's handler of one channel.
   *
   * @param authorizer decides whether the client is let in. One made by {@link Authorizer#async} is
   *     asked on the event loop, so it must not block
   * @throws IllegalStateException if no identity is configured, or if {@code shs} is closed
   */
  public static SecretHandshakeHandler server(SecretHandshake shs, Authorizer authorizer) {
    Objects.requireNonNull(authorizer, "authorizer");
    return new SecretHandshakeHandler(shs, shs.server(), authorizer);
  }

  /**
   * Returns the outcome of the handshake: the peer's identity, which it has proved, or the failure
   * that {@link SecretHandshakeCompletionEvent#cause} describes.
   */
  public Future<IdentityKey> handshakeFuture() {
    return handshakeDone;
  }

  /**
   * Returns how the channel ended. It succeeds once the peer's goodbye has come and ours has left:
   * each side has sent all that it had to send. It fails with the handshake's failure; with a
   * {@link org.secrethandshake.BoxStreamException} if the stream was cut or altered; with a {@link
   * ClosedChannelException} if the channel was closed without waiting for a goodbye any longer.
   */
  public Future<Void> closeFuture() {
    return goodbyesDone;
  }

  /**
   * Says goodbye behind all that was written, which ends our output; reading goes on. The
   * connection stays open in both directions until both goodbyes have passed: {@code
   * DuplexChannel.shutdownOutput} would cut it under us. Before the handshake is done this waits
   * for it. May be called from any thread.
   *
   * @return succeeds when the transport has taken the goodbye
   * @throws IllegalStateException if this handler is in no pipeline
   */
  public ChannelFuture shutdownOutput() {
    ChannelHandlerContext ctx = context();
    ChannelPromise promise = ctx.newPromise();
    if (ctx.executor().inEventLoop()) {
      shutdownOutput(promise);
    } else {
      ctx.executor().execute(() -> shutdownOutput(promise));
    }
    return promise;
  }

  private void shutdownOutput(ChannelPromise promise) {
    PromiseNotifier.cascade(false, sayGoodbye(), promise);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    handshakeDone.addedTo(ctx);
    goodbyesDone.addedTo(ctx);
    output = new Output(ctx);
    if (ctx.channel().config().isAutoRead()) {
      demand.asked();
    }
    if (ctx.channel().isActive()) {
      begin(ctx);
      // A handler that is added behind this one may yet turn reading off.
      ctx.executor().execute(() -> readUnasked(ctx));
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    begin(ctx);
    ctx.fireChannelActive();
    readUnasked(ctx);
  }

  private void begin(ChannelHandlerContext ctx) {
    if (phase == Phase.WAITING) {
      phase = Phase.HANDSHAKE;
      run = new HandshakeRun(handshake, timeout, authorizer, ctx, new Outcome());
      run.advance();
    }
  }

  private final class Outcome implements HandshakeRun.Owner {
    @Override
    public void opened(Session session, @Nullable Object authorization) {
      input = new Input(session.unboxer(maxBodyBytes));
      output().open(session.boxer());
      phase = Phase.OPEN;
      handshakeDone.trySuccess(session.peer());
      context()
          .fireUserEventTriggered(
              SecretHandshakeCompletionEvent.success(session.peer(), authorization));
      if (phase != Phase.OVER) {
        send(output()::sendFlushed);
        context().flush();
      }
    }

    @Override
    public void failed(Throwable cause) {
      finish(cause);
      context().fireUserEventTriggered(SecretHandshakeCompletionEvent.failure(cause));
      context().close();
    }

    @Override
    public void goOn() {
      takeBetweenReads();
      if (demand.takeHeldBack()) {
        context().read();
      } else {
        readUnasked(context());
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (phase == Phase.OVER) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof ByteBuf bytes) {
      received.add(bytes);
      takeReceived();
    } else {
      ReferenceCountUtil.release(message);
      fail(
          new UnsupportedOperationException(
              "a secret channel is made of bytes, so only a ByteBuf can come, and not a "
                  + message.getClass().getName()));
    }
  }

  /** Takes what was received, as far as it may be taken now. */
  private void takeReceived() {
    if (taking) {
      return;
    }
    taking = true;
    try {
      ByteBuf next = received.peek();
      while (next != null && take(next)) {
        next = received.peek();
      }
    } finally {
      taking = false;
    }
  }

  /**
   * The same while the transport reads nothing, so that it will not say when a read is complete.
   */
  private void takeBetweenReads() {
    takeReceived();
    if (!taking && demand.completeRead()) {
      context().fireChannelReadComplete();
    }
  }

  private boolean take(ByteBuf next) {
    switch (phase) {
      case HANDSHAKE -> {
        return takeMessage(run(), next);
      }
      case OPEN -> {
        return takePackets();
      }
      case CLOSING -> {
        drop(received.remove());
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  private boolean takeMessage(HandshakeRun handshaking, ByteBuf next) {
    if (!handshaking.takesInput()) {
      return false;
    }
    if (next.isReadable()) {
      handshaking.receive(next);
    } else {
      received.remove().release();
    }
    return true;
  }

  private boolean takePackets() {
    boolean wanted = demand.isOpen() || transportEnded || context().channel().config().isAutoRead();
    if (wanted) {
      deliver(received.remove());
    }
    return wanted;
  }

  private void deliver(ByteBuf packets) {
    ByteBuf bodies = input().open(context().alloc(), packets);
    if (bodies != null) {
      demand.met();
      context().fireChannelRead(bodies);
    }
    lookAtInput();
  }

  private void drop(ByteBuf packets) {
    parting().dropped(packets.readableBytes());
    ByteBuf bodies = input().open(context().alloc(), packets);
    if (bodies != null) {
      bodies.release();
    }
    lookAtInput();
  }

  /** Looks at what stood behind the bodies, which the handlers behind have already. */
  private void lookAtInput() {
    Throwable failure = input().failure();
    if (failure != null) {
      fail(failure);
    } else if (phase == Phase.CLOSING) {
      closeIfAllIsSaid();
    } else if (phase == Phase.OPEN && input().hasEnded() && !goodbyeTold) {
      goodbyeTold = true;
      peerSaidGoodbye();
    }
  }

  private void peerSaidGoodbye() {
    if (output().hasEnded()) {
      end();
    } else if (Boolean.TRUE.equals(
        context().channel().config().getOption(ChannelOption.ALLOW_HALF_CLOSURE))) {
      context().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    } else if (!output().isEnding()) {
      takeLeave(context().newPromise());
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    demand.completeRead();
    ctx.fireChannelReadComplete();
    readUnasked(ctx);
  }

  /** Reads on where the handlers behind do not ask, or have asked and got nothing yet. */
  private void readUnasked(ChannelHandlerContext ctx) {
    boolean wanted =
        switch (phase) {
          case HANDSHAKE -> run().takesInput();
          case OPEN -> demand.isOpen();
          case CLOSING -> true;
          case WAITING, OVER -> false;
        };
    if (wanted && !ctx.channel().config().isAutoRead()) {
      ctx.read();
    }
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    demand.asked();
    if (phase == Phase.HANDSHAKE && !run().takesInput()) {
      demand.holdBack();
      return;
    }
    if (phase == Phase.OPEN && !taking) {
      takeBetweenReads();
      if (!demand.isOpen() && !ctx.channel().config().isAutoRead()) {
        return;
      }
    }
    ctx.read();
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    output().write(message, promise);
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    send(output()::flush);
    ctx.flush();
  }

  /** Sends, and fails the channel if the backend breaks over it. */
  private void send(Runnable sending) {
    try {
      sending.run();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private ChannelFuture sayGoodbye() {
    boolean first = !output().isEnding();
    send(output()::sayGoodbye);
    ChannelFuture goodbye = output().goodbye();
    if (first) {
      goodbye.addListener(said -> goodbyeSaid(said.isSuccess()));
    }
    return goodbye;
  }

  private void goodbyeSaid(boolean success) {
    if (phase == Phase.CLOSING && !success) {
      finishClose(new ClosedChannelException());
    } else if (phase == Phase.CLOSING) {
      closeIfAllIsSaid();
    } else if (phase == Phase.OPEN && success && goodbyeTold) {
      end();
    }
  }

  /** Both goodbyes have passed. */
  private void end() {
    finish(null);
    context().close();
  }

  @Override
  public void disconnect(ChannelHandlerContext ctx, ChannelPromise promise) {
    close(ctx, promise);
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    switch (phase) {
      case OPEN -> takeLeave(promise);
      case CLOSING -> PromiseNotifier.cascade(false, ctx.channel().closeFuture(), promise);
      case HANDSHAKE -> {
        run().giveUp(new ClosedChannelException());
        ctx.close(promise);
      }
      case WAITING, OVER -> ctx.close(promise);
    }
  }

  private void takeLeave(ChannelPromise promise) {
    phase = Phase.CLOSING;
    parting = new Parting(context(), promise, () -> finishClose(new ClosedChannelException()));
    sayGoodbye();
    takeReceived();
    closeIfAllIsSaid();
    readUnasked(context());
  }

  private void closeIfAllIsSaid() {
    if (phase == Phase.CLOSING && output().hasEnded()) {
      if (input().hasEnded()) {
        finishClose(null);
      } else if (parting().hasDroppedEnough()) {
        finishClose(new ClosedChannelException());
      }
    }
  }

  private void finishClose(@Nullable Throwable cause) {
    if (phase == Phase.CLOSING) {
      finish(cause);
      context().close(parting().promise());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    transportEnded();
    if (phase == Phase.OPEN) {
      finish(new ClosedChannelException());
    }
    ctx.fireChannelInactive();
  }

  /** No more will be received. */
  private void transportEnded() {
    transportEnded = true;
    if (phase == Phase.HANDSHAKE) {
      run().peerClosed();
    } else if (phase == Phase.OPEN || phase == Phase.CLOSING) {
      takeBetweenReads();
      if (phase == Phase.OPEN || phase == Phase.CLOSING) {
        input().endOfInput().ifPresent(this::fail);
      }
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      // Unauthenticated: the peer's goodbye is what counts.
      transportEnded();
      return;
    }
    if (event instanceof ChannelOutputShutdownEvent) {
      output().fail(new ChannelOutputShutdownException("the transport's output was shut down"));
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException) || phase == Phase.WAITING) {
      ctx.fireExceptionCaught(cause);
    } else if (phase == Phase.HANDSHAKE) {
      run().transportFailed(cause);
    } else {
      // After the end a connection may fail: nobody uses it.
      fail(Transports.failure(cause));
    }
  }

  /** The channel is dead, and says nothing more. */
  private void fail(Throwable cause) {
    switch (phase) {
      case HANDSHAKE -> run().giveUp(cause);
      case CLOSING -> finishClose(cause);
      case OPEN -> {
        finish(cause);
        context().fireExceptionCaught(cause);
        context().close();
      }
      case WAITING, OVER -> {}
    }
  }

  /** Ends everything: wipes the secrets, and tells the futures and the writes that wait. */
  private void finish(@Nullable Throwable cause) {
    phase = Phase.OVER;
    if (run != null) {
      run.end();
    }
    handshake.close();
    if (input != null) {
      input.close();
    }
    if (parting != null) {
      parting.end();
    }
    received.forEach(ByteBuf::release);
    received.clear();
    output().fail(cause == null ? new ClosedChannelException() : cause);
    if (cause == null) {
      goodbyesDone.trySuccess(null);
    } else {
      handshakeDone.tryFailure(cause);
      goodbyesDone.tryFailure(cause);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (phase == Phase.OVER) {
      return;
    }
    if (ctx.channel().isActive()) {
      finish(
          new IllegalStateException(
              "the handler was removed from the pipeline of an open channel"));
      ctx.channel().close();
    } else {
      finish(new ClosedChannelException());
    }
    if (parting != null) {
      PromiseNotifier.cascade(false, ctx.channel().closeFuture(), parting.promise());
    }
  }

  private ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("this handler is in no pipeline");
    }
    return context;
  }

  private HandshakeRun run() {
    return Objects.requireNonNull(run);
  }

  private Parting parting() {
    return Objects.requireNonNull(parting);
  }

  private Output output() {
    return Objects.requireNonNull(output);
  }

  private Input input() {
    return Objects.requireNonNull(input);
  }
}
