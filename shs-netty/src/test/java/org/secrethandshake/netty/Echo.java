package org.secrethandshake.netty;

import io.netty.channel.ChannelHandlerContext;

/** Sends back what comes. */
final class Echo extends Seen {
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ctx.writeAndFlush(message);
  }
}
