package org.secrethandshake.site.samples;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.util.Optional;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.netty.SecretHandshakeHandler;
import org.secrethandshake.netty.WebSocketByteStream;

/** The code of the page on Netty. */
final class NettySamples {
  private NettySamples() {}

  /** Who may come in. */
  interface Directory {
    Optional<String> find(IdentityKey client);
  }

  private static final class MyHandler extends ChannelInboundHandlerAdapter {}

  // @start region="server"
  static ServerBootstrap server(SecretHandshake shs, Directory directory, EventLoopGroup loops) {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(
                        SecretHandshakeHandler.server(shs, client -> directory.find(client)),
                        new MyHandler());
              }
            });
  }

  static EventLoopGroup loops() {
    return new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
  }

  // @end

  // @start region="websocket"
  static void overWebSockets(Channel channel, SecretHandshake shs, Authorizer authorizer) {
    channel
        .pipeline()
        .addLast(
            new HttpServerCodec(),
            new HttpObjectAggregator(8192),
            new WebSocketServerProtocolHandler("/"),
            new WebSocketByteStream(),
            SecretHandshakeHandler.server(shs, authorizer),
            new MyHandler());
  }

  // @end
}
