package org.secrethandshake.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;

/** One end of a connection without sockets, threads or a clock: the test moves bytes and time. */
final class End implements AutoCloseable {
  final SecretHandshakeHandler handler;
  final Seen seen;
  final EmbeddedChannel channel;

  private static final class Embedded extends EmbeddedChannel {
    volatile boolean halfClosure;

    @Override
    public ChannelConfig config() {
      ChannelConfig config = super.config();
      return (ChannelConfig)
          Proxy.newProxyInstance(
              End.class.getClassLoader(),
              new Class<?>[] {ChannelConfig.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("getOption")
                    && arguments[0] == ChannelOption.ALLOW_HALF_CLOSURE) {
                  return halfClosure;
                }
                try {
                  return method.invoke(config, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }

  End(SecretHandshakeHandler handler) {
    this(handler, new Seen());
  }

  End(SecretHandshakeHandler handler, Seen seen, ChannelHandler... before) {
    this.handler = handler;
    this.seen = seen;
    channel = new Embedded();
    channel.freezeTime();
    channel.pipeline().addLast(before).addLast(handler, seen);
  }

  End allowHalfClosure() {
    ((Embedded) channel).halfClosure = true;
    return this;
  }

  /** All that was sent and not taken yet, in one buffer, which the caller releases. */
  ByteBuf sent() {
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      all.writeBytes(next);
      next.release();
    }
    return all;
  }

  /** Drops all that was sent, and tells how many buffers that were. */
  int dropSent() {
    int buffers = 0;
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      next.release();
      buffers++;
    }
    return buffers;
  }

  void receive(ByteBuf bytes) {
    if (channel.isOpen()) {
      channel.writeInbound(bytes);
    } else {
      bytes.release();
    }
  }

  /** Ends the connection from the other end, without a word. */
  void cut() {
    channel.unsafe().close(channel.newPromise());
    channel.runPendingTasks();
  }

  void pass(long millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  void write(int length) {
    channel.write(bytes(length));
  }

  void send(int length) {
    channel.writeAndFlush(bytes(length));
    channel.runPendingTasks();
  }

  static ByteBuf bytes(int length) {
    ByteBuf bytes = Unpooled.buffer(length);
    for (int i = 0; i < length; i++) {
      bytes.writeByte(i * 31 >> 3);
    }
    return bytes;
  }

  @Override
  public void close() {
    channel.unsafe().close(channel.newPromise());
    channel.runPendingTasks();
    dropSent();
    channel.releaseInbound();
  }
}
