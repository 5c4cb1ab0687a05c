package org.secrethandshake.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.spi.CryptoProvider;

/** Over sockets, with the blocking channel at the other end. */
class SocketsTest {
  private static final byte[] PATTERN = new byte[1 << 20];
  private static final long SECONDS = 30;

  static {
    for (int i = 0; i < PATTERN.length; i++) {
      PATTERN[i] = (byte) (i * 31 >> 5);
    }
  }

  /** A kind of event loop. */
  private enum Transport {
    NIO(NioServerSocketChannel.class, NioSocketChannel.class) {
      @Override
      IoHandlerFactory factory() {
        return NioIoHandler.newFactory();
      }
    },
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class) {
      @Override
      IoHandlerFactory factory() {
        if (!Epoll.isAvailable()) {
          String sentence = "Skipped: epoll, because " + Epoll.unavailabilityCause() + ".";
          System.out.println(sentence);
          abort(sentence);
        }
        return EpollIoHandler.newFactory();
      }
    };

    final Class<? extends ServerChannel> listener;
    final Class<? extends Channel> socket;

    Transport(Class<? extends ServerChannel> listener, Class<? extends Channel> socket) {
      this.listener = listener;
      this.socket = socket;
    }

    abstract IoHandlerFactory factory();
  }

  static Stream<Arguments> everyTransportAndBackend() {
    return Stream.of(Transport.values())
        .flatMap(transport -> Backends.each().map(crypto -> Arguments.of(transport, crypto)));
  }

  private EventLoopGroup loop;

  @AfterEach
  void stop() {
    if (loop != null) {
      loop.shutdownGracefully(0, SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  /** Pauses reading while what it echoes does not leave, as a proxy does. */
  private static final class CarefulEcho extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ctx.write(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      ctx.flush();
      ctx.channel().config().setAutoRead(ctx.channel().isWritable());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      ctx.channel().config().setAutoRead(ctx.channel().isWritable());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        ctx.close();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyTransportAndBackend")
  void aServerEchoesToABlockingClient(Transport transport, CryptoProvider crypto) throws Exception {
    try (SecretHandshake bob = Scene.bob(crypto);
        SecretHandshake alice = Scene.alice(crypto)) {
      Channel listener =
          listen(
              transport,
              () -> SecretHandshakeHandler.server(bob, client -> java.util.Optional.of(client)),
              CarefulEcho::new);
      try (SecretChannel channel =
          alice.connect(
              SocketChannel.open(listener.localAddress()), alice.serverKey(Scene.bobKey()))) {
        assertArrayEquals(PATTERN, roundTrip(channel));
      } finally {
        listener.close().sync();
      }
    }
  }

  private static byte[] roundTrip(SecretChannel channel) throws Exception {
    CompletableFuture<byte[]> back =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return channel.inputStream().readAllBytes();
              } catch (java.io.IOException e) {
                throw new AssertionError("no goodbye", e);
              }
            });
    channel.write(ByteBuffer.wrap(PATTERN));
    channel.shutdownOutput();
    return back.get(SECONDS, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @MethodSource("everyTransportAndBackend")
  void aClientReadsWhatABlockingServerEchoesAfterItsGoodbye(
      Transport transport, CryptoProvider crypto) throws Exception {
    try (SecretHandshake bob = Scene.bob(crypto);
        SecretHandshake alice = Scene.alice(crypto);
        SecretServer server =
            SecretServer.builder(bob)
                .authorizer(Authorizer.anyone())
                .handler(
                    channel -> {
                      byte[] all = channel.inputStream().readAllBytes();
                      channel.outputStream().write(all);
                    })
                .start(new InetSocketAddress("127.0.0.1", 0))) {
      loop = new MultiThreadIoEventLoopGroup(1, transport.factory());
      SecretHandshakeHandler handler =
          SecretHandshakeHandler.client(alice, alice.serverKey(Scene.bobKey()));
      CompletableFuture<byte[]> received = new CompletableFuture<>();
      Channel channel =
          new Bootstrap()
              .group(loop)
              .channel(transport.socket)
              .handler(pipeline(() -> handler, () -> new Collector(received)))
              .connect(server.localAddress())
              .sync()
              .channel();
      channel.writeAndFlush(channel.alloc().buffer().writeBytes(PATTERN));
      assertTrue(handler.shutdownOutput().await(SECONDS, TimeUnit.SECONDS));
      assertArrayEquals(PATTERN, received.get(SECONDS, TimeUnit.SECONDS));
      assertEquals(Scene.bobKey(), handler.handshakeFuture().getNow());
      assertTrue(handler.closeFuture().await(SECONDS, TimeUnit.SECONDS));
      assertTrue(handler.closeFuture().isSuccess());
      channel.closeFuture().sync();
    }
  }

  /** Completes with all that came, when the channel has ended without an exception. */
  private static final class Collector extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<byte[]> received;
    private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();

    Collector(CompletableFuture<byte[]> received) {
      this.received = received;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf read = (ByteBuf) message;
      bytes.writeBytes(ByteBufUtil.getBytes(read));
      read.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      received.completeExceptionally(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      received.complete(bytes.toByteArray());
    }
  }

  /** A reader that asks for one read at a time gets all, though it never asks twice at once. */
  @ParameterizedTest
  @MethodSource("everyTransportAndBackend")
  void aReaderThatAsksForEachReadGetsAll(Transport transport, CryptoProvider crypto)
      throws Exception {
    CompletableFuture<byte[]> received = new CompletableFuture<>();
    try (SecretHandshake bob = Scene.bob(crypto);
        SecretHandshake alice = Scene.alice(crypto)) {
      Channel listener =
          listen(
              transport,
              () -> SecretHandshakeHandler.server(bob, Authorizer.anyone()),
              () -> new Asking(received));
      try (SecretChannel channel =
          alice.connect(
              SocketChannel.open(listener.localAddress()), alice.serverKey(Scene.bobKey()))) {
        channel.write(ByteBuffer.wrap(PATTERN));
        channel.shutdownOutput();
        assertArrayEquals(PATTERN, received.get(SECONDS, TimeUnit.SECONDS));
      } finally {
        listener.close().sync();
      }
    }
  }

  private static final class Asking extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<byte[]> received;
    private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    private boolean asked;

    Asking(CompletableFuture<byte[]> received) {
      this.received = received;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
      ctx.channel().config().setAutoRead(false);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof SecretHandshakeCompletionEvent) {
        ask(ctx);
      } else if (event instanceof ChannelInputShutdownEvent) {
        received.complete(bytes.toByteArray());
        ctx.close();
      }
    }

    private void ask(ChannelHandlerContext ctx) {
      asked = true;
      ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (!asked) {
        received.completeExceptionally(new AssertionError("nobody had asked"));
      }
      ByteBuf read = (ByteBuf) message;
      bytes.writeBytes(ByteBufUtil.getBytes(read));
      read.release();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      asked = false;
      ctx.executor().execute(() -> ask(ctx));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      received.completeExceptionally(cause);
    }
  }

  private Channel listen(
      Transport transport,
      Supplier<SecretHandshakeHandler> handler,
      Supplier<? extends ChannelInboundHandlerAdapter> behind)
      throws InterruptedException {
    loop = new MultiThreadIoEventLoopGroup(1, transport.factory());
    return new ServerBootstrap()
        .group(loop)
        .channel(transport.listener)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childHandler(pipeline(handler, behind))
        .bind("127.0.0.1", 0)
        .sync()
        .channel();
  }

  private static ChannelInitializer<Channel> pipeline(
      Supplier<SecretHandshakeHandler> handler,
      Supplier<? extends ChannelInboundHandlerAdapter> behind) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel.pipeline().addLast(handler.get(), behind.get());
      }
    };
  }
}
