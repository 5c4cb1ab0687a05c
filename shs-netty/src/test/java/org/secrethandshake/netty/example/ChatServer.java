package org.secrethandshake.netty.example;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.netty.SecretHandshakeCompletionEvent;
import org.secrethandshake.netty.SecretHandshakeHandler;

/** A chat for people whose keys it knows: each line goes to everybody, with its writer's name. */
public final class ChatServer implements AutoCloseable {
  private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
  private final ChannelGroup members = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Channel listener;

  /** Serves at a port of this machine, 0 for a free one, the people of a list. */
  public ChatServer(SecretHandshake shs, Map<IdentityKey, String> people, int port)
      throws InterruptedException {
    ChannelInitializer<Channel> pipeline =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            channel
                .pipeline()
                .addLast(
                    SecretHandshakeHandler.server(
                        shs, client -> Optional.ofNullable(people.get(client))))
                .addLast(new LineBasedFrameDecoder(1000), new StringDecoder(StandardCharsets.UTF_8))
                .addLast(new Member());
          }
        };
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(pipeline)
            .bind("127.0.0.1", port)
            .sync()
            .channel();
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  private final class Member extends SimpleChannelInboundHandler<String> {
    private String name = "";

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof SecretHandshakeCompletionEvent handshake && handshake.isSuccess()) {
        name = handshake.authorization(String.class).orElseThrow();
        members.add(ctx.channel());
        say("* " + name + " is here");
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, String line) {
      say(name + ": " + line);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  private void say(String line) {
    members.writeAndFlush(Unpooled.copiedBuffer(line + "\n", StandardCharsets.UTF_8));
  }

  /** Says goodbye to all, and ends. */
  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    members.close().syncUninterruptibly();
    loops.shutdownGracefully().syncUninterruptibly();
  }
}
