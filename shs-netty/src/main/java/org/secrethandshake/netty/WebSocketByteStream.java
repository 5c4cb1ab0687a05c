package org.secrethandshake.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;

/**
 * Makes one stream of bytes of a WebSocket's binary frames, as multiserver's {@code ws:} does: a
 * frame's borders mean nothing. A {@link SecretHandshakeHandler} behind this one serves addresses
 * {@code ws://HOST:PORT~shs:KEY}, and {@code wss:} if a TLS handler comes first.
 *
 * <p>Its place is behind {@code WebSocketServerProtocolHandler} or {@code
 * WebSocketClientProtocolHandler}; the handlers behind it become active when the WebSocket is open.
 * A text frame is an error and closes the channel. What is written becomes frames of at most {@link
 * #MAX_FRAME_BYTES}, which a peer takes that has Netty's default limit.
 *
 * <p>A WebSocket cannot be half closed: whoever closes it reads nothing more, a browser included.
 * So answers have to be sent before the other side's goodbye.
 *
 * <pre>{@code
 * channel.pipeline().addLast(
 *     new HttpServerCodec(),
 *     new HttpObjectAggregator(8192),
 *     new WebSocketServerProtocolHandler("/"),
 *     new WebSocketByteStream(),
 *     SecretHandshakeHandler.server(shs, authorizer),
 *     new MyHandler());
 * }</pre>
 */
// A frame that fails takes the channel with it, and so every later frame and its promise.
@SuppressWarnings("FutureReturnValueIgnored")
public final class WebSocketByteStream extends ChannelDuplexHandler {
  /** The longest frame that is sent. */
  public static final int MAX_FRAME_BYTES = 65_536;

  /** Creates the byte stream of one WebSocket. */
  public WebSocketByteStream() {}

  /** The connection is there; the WebSocket is not yet. */
  @Override
  public void channelActive(ChannelHandlerContext ctx) {}

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    ctx.fireUserEventTriggered(event);
    if (event instanceof HandshakeComplete
        || event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
      ctx.fireChannelActive();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof BinaryWebSocketFrame binary) {
      ctx.fireChannelRead(binary.content());
    } else if (message instanceof ContinuationWebSocketFrame continuation) {
      ctx.fireChannelRead(continuation.content());
    } else if (message instanceof TextWebSocketFrame text) {
      text.release();
      refuse(ctx);
    } else {
      ctx.fireChannelRead(message);
    }
  }

  private static void refuse(ChannelHandlerContext ctx) {
    WebSocketCloseStatus status = WebSocketCloseStatus.INVALID_MESSAGE_TYPE;
    ctx.fireExceptionCaught(
        new CorruptedWebSocketFrameException(
            status, "a text frame came, but a byte stream is made of binary frames"));
    ctx.writeAndFlush(new CloseWebSocketFrame(status)).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) {
      writeFrames(ctx, bytes, promise);
    } else {
      ctx.write(message, promise);
    }
  }

  private static void writeFrames(
      ChannelHandlerContext ctx, ByteBuf bytes, ChannelPromise promise) {
    while (bytes.readableBytes() > MAX_FRAME_BYTES) {
      ctx.write(new BinaryWebSocketFrame(bytes.readRetainedSlice(MAX_FRAME_BYTES)));
    }
    ctx.write(new BinaryWebSocketFrame(bytes), promise);
  }
}
