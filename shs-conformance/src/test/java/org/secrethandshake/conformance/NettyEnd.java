package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.secrethandshake.netty.SecretHandshakeCompletionEvent;
import org.secrethandshake.netty.SecretHandshakeHandler;

/**
 * Our side in a Netty pipeline, and what becomes of its one channel. Closing it checks that every
 * buffer was released.
 */
final class NettyEnd implements AutoCloseable {
  private static final long SECONDS = 60;

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
  private final CompletableFuture<byte[]> received = new CompletableFuture<>();
  private final CompletableFuture<SecretHandshakeCompletionEvent> handshake =
      new CompletableFuture<>();
  private final CompletableFuture<Void> goodbyes = new CompletableFuture<>();

  /** What the channel does with what comes, and with the handshake's end. */
  enum Use {
    /** Returns what comes, and answers the goodbye with its own. */
    ECHO,
    /** Sends 1 MiB in writes of odd sizes, and reads to the other's goodbye meanwhile. */
    BOTH_WAYS
  }

  /** Serves, and returns the port. */
  int listen(
      Supplier<List<ChannelHandler>> before, Supplier<SecretHandshakeHandler> handler, Use use)
      throws InterruptedException {
    Channel listener =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.ALLOCATOR, allocator)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(pipeline(before, handler, use))
            .bind(Peers.LOCALHOST, 0)
            .sync()
            .channel();
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  void dial(int port, SecretHandshakeHandler handler, Use use) throws InterruptedException {
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.ALLOCATOR, allocator)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .handler(pipeline(List::of, () -> handler, use))
        .connect(Peers.LOCALHOST, port)
        .sync();
  }

  private ChannelInitializer<Channel> pipeline(
      Supplier<List<ChannelHandler>> before, Supplier<SecretHandshakeHandler> handler, Use use) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        SecretHandshakeHandler shs = handler.get();
        shs.closeFuture()
            .addListener(
                closed -> {
                  if (closed.isSuccess()) {
                    goodbyes.complete(null);
                  } else {
                    goodbyes.completeExceptionally(closed.cause());
                  }
                });
        channel.pipeline().addLast(before.get().toArray(ChannelHandler[]::new));
        channel.pipeline().addLast(shs, new User(use, shs));
      }
    };
  }

  private final class User extends ChannelInboundHandlerAdapter {
    private final Use use;
    private final SecretHandshakeHandler shs;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    User(Use use, SecretHandshakeHandler shs) {
      this.use = use;
      this.shs = shs;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof SecretHandshakeCompletionEvent completion) {
        handshake.complete(completion);
        if (use == Use.BOTH_WAYS && completion.isSuccess()) {
          send(ctx);
        }
      } else if (event instanceof ChannelInputShutdownEvent) {
        received.complete(bytes.toByteArray());
        if (use == Use.ECHO) {
          shs.shutdownOutput();
        }
      }
    }

    private void send(ChannelHandlerContext ctx) {
      int sent = 0;
      for (int length : Pattern.oddWrites(Transfer.BYTES)) {
        ctx.write(ctx.alloc().buffer(length).writeBytes(Transfer.PATTERN, sent, length));
        sent += length;
      }
      shs.shutdownOutput();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf read = (ByteBuf) message;
      bytes.writeBytes(ByteBufUtil.getBytes(read));
      if (use == Use.ECHO) {
        ctx.writeAndFlush(read);
      } else {
        read.release();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      received.complete(bytes.toByteArray());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      received.completeExceptionally(cause);
    }
  }

  /** What came until the other's goodbye. */
  byte[] received() throws Exception {
    return received.get(SECONDS, TimeUnit.SECONDS);
  }

  SecretHandshakeCompletionEvent handshake() throws Exception {
    return handshake.get(SECONDS, TimeUnit.SECONDS);
  }

  /** Waits until both goodbyes have passed. */
  void awaitGoodbyes() throws Exception {
    goodbyes.get(SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    ByteBufAllocatorMetric metric = allocator.metric();
    assertEquals(0, metric.usedDirectMemory() + metric.usedHeapMemory(), "bytes not released");
  }
}
