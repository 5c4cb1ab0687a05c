package org.secrethandshake.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;

/** What the handlers behind the one under test get to see, in a few words each. */
class Seen extends ChannelInboundHandlerAdapter {
  final List<String> log = new CopyOnWriteArrayList<>();
  final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  volatile SecretHandshakeCompletionEvent outcome;

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SecretHandshakeCompletionEvent completion) {
      outcome = completion;
      log.add(completion.isSuccess() ? "success" : "failure " + reason(completion.cause()));
    } else if (event instanceof ChannelInputShutdownEvent) {
      log.add("input shut down");
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf read = (ByteBuf) message;
    log.add("read " + read.readableBytes());
    bytes.writeBytes(ByteBufUtil.getBytes(read));
    read.release();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    // A read is complete once for all that it has brought.
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    log.add("exception " + reason(cause));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    log.add("inactive");
  }

  static String reason(Throwable cause) {
    if (cause instanceof HandshakeException handshake) {
      return handshake.reason().name();
    }
    return cause instanceof BoxStreamException stream
        ? stream.reason().name()
        : cause.getClass().getSimpleName();
  }
}
