package org.secrethandshake.netty.measure;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.netty.SecretHandshakeHandler;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Opens idle channels on one event loop, both ends in this process, and tells what they hold on the
 * heap; then sends a byte through each, both ways. Arguments: the backend, how many, and {@code
 * plain} for the same without the handler, which shows what is Netty's. An even share of the growth
 * is one end's.
 */
public final class IdleChannels {
  private static final int AT_ONCE = 64;

  private IdleChannels() {}

  /** Runs. */
  public static void main(String[] arguments) throws Exception {
    CryptoProvider crypto = CryptoProviders.named(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    boolean plain = arguments.length > 2 && arguments[2].equals("plain");
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (IdentityKeyPair both = IdentityKeyPair.generate(crypto);
        SecretHandshake shs =
            SecretHandshake.builder()
                .crypto(crypto)
                .network(NetworkKey.SCUTTLEBUTT)
                .identity(both)
                .timeout(Duration.ofMinutes(1))
                .build()) {
      ServerKey key = shs.serverKey(both.publicKey());
      Channel listener =
          new ServerBootstrap()
              .group(loop)
              .channel(NioServerSocketChannel.class)
              .childHandler(
                  pipeline(
                      plain ? null : () -> SecretHandshakeHandler.server(shs, Authorizer.anyone()),
                      new Returning()))
              .bind("127.0.0.1", 0)
              .sync()
              .channel();
      Counting returned = new Counting();
      Bootstrap dial =
          new Bootstrap()
              .group(loop)
              .channel(NioSocketChannel.class)
              .handler(
                  pipeline(plain ? null : () -> SecretHandshakeHandler.client(shs, key), returned));
      InetSocketAddress address = (InetSocketAddress) listener.localAddress();
      open(dial, address, AT_ONCE);
      long before = usedHeap();
      List<Channel> channels = open(dial, address, count);
      long each = (usedHeap() - before) / (2L * count);
      System.out.printf(
          "%s%s: %d channels, %d bytes of heap for each end%n",
          arguments[0], plain ? " (no handler)" : "", count, each);
      returned.bytes.set(0);
      for (Channel channel : channels) {
        channel.writeAndFlush(channel.alloc().buffer(1).writeByte(1));
      }
      while (returned.bytes.get() < count) {
        Thread.sleep(10);
      }
      System.out.println("each returned its byte");
    } finally {
      loop.shutdownGracefully().sync();
    }
  }

  private interface Maker {
    SecretHandshakeHandler make();
  }

  private static ChannelInitializer<Channel> pipeline(
      Maker maker, ChannelInboundHandlerAdapter behind) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        if (maker != null) {
          channel.pipeline().addLast(maker.make());
        }
        channel.pipeline().addLast(behind);
      }
    };
  }

  private static List<Channel> open(Bootstrap dial, InetSocketAddress address, int count)
      throws Exception {
    List<Channel> channels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Channel channel = dial.connect(address).sync().channel();
      SecretHandshakeHandler handler = channel.pipeline().get(SecretHandshakeHandler.class);
      if (handler != null) {
        handler.handshakeFuture().sync();
      }
      channels.add(channel);
    }
    return channels;
  }

  private static long usedHeap() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(50);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @ChannelHandler.Sharable
  private static final class Returning extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      // The loop ends with all channels open: one end of each sees a cut.
      ctx.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ctx.writeAndFlush(message);
    }
  }

  @ChannelHandler.Sharable
  private static final class Counting extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      // The loop ends with all channels open: one end of each sees a cut.
      ctx.close();
    }

    final AtomicInteger bytes = new AtomicInteger();

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      bytes.addAndGet(((ByteBuf) message).readableBytes());
      ((ByteBuf) message).release();
    }
  }
}
