package org.secrethandshake.channel;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.BoxStreamException.Reason;

/**
 * Makes transports of what an application has.
 *
 * <p>A transport is any blocking {@link ByteChannel} that can be read and written at the same time,
 * and whose {@code close} unblocks both: a {@link SocketChannel} is one as it is.
 */
public final class Transports {
  private Transports() {}

  /**
   * Makes a transport of a connected plain socket; closing the transport closes the socket. A TLS
   * socket's close may wait for its writer, so it takes more than its streams to bound that.
   */
  public static ByteChannel of(Socket socket) throws IOException {
    SocketChannel channel = socket.getChannel();
    return channel != null ? channel : new StreamTransport(socket);
  }

  /**
   * Makes a transport of a pair of streams.
   *
   * <p>Streams that {@link java.nio.channels.Channels} made of one {@code SocketChannel} do not
   * serve: on JDK 17 their writer waits for their reader. Pass the channel itself.
   *
   * @param in may be read while {@code out} is written
   * @param unblock closed once when the transport is closed, by any thread, and when a thread that
   *     reads or writes is interrupted; it must make a blocked read and write return, as {@code
   *     Socket::close} does, and must not block itself
   */
  public static ByteChannel of(InputStream in, OutputStream out, Closeable unblock) {
    return new StreamTransport(in, out, unblock);
  }

  /** Makes two connected transports within this process, for tests and for local use. */
  public static Pair pair() {
    Pipe there = new Pipe();
    Pipe back = new Pipe();
    return new Pair(new PipeTransport(back, there), new PipeTransport(there, back));
  }

  /**
   * Two connected transports: what one writes, the other reads.
   *
   * @param left one end
   * @param right the other end
   */
  public record Pair(ByteChannel left, ByteChannel right) {}

  /** Where the other end is, if the transport tells. */
  static @Nullable SocketAddress remoteAddress(ByteChannel transport) {
    try {
      if (transport instanceof SocketChannel socket) {
        return socket.getRemoteAddress();
      }
    } catch (IOException e) {
      return null;
    }
    return transport instanceof StreamTransport streams ? streams.remoteAddress() : null;
  }

  /**
   * Says what a failed transport means to a box stream over it: {@code TRANSPORT}, with a sentence
   * for the local user.
   */
  public static BoxStreamException failure(Throwable cause) {
    return new BoxStreamException(
        Reason.TRANSPORT,
        "The connection failed (%s). What was received before is authentic but may be incomplete."
            .formatted(reason(cause)),
        cause);
  }

  /** Why a transport failed, in words: some exceptions say it with their type only. */
  static String reason(Throwable failure) {
    if (failure.getMessage() != null) {
      return failure.getMessage();
    }
    return failure instanceof ClosedChannelException
        ? "it was closed on our side"
        : "no reason is given";
  }

  static int read(ByteChannel transport, ByteBuffer dst) throws IOException {
    int count = transport.read(dst);
    if (count == 0) {
      throw new IllegalBlockingModeException();
    }
    return count;
  }

  static void writeFully(ByteChannel transport, ByteBuffer src) throws IOException {
    while (src.hasRemaining()) {
      if (transport.write(src) == 0) {
        throw new IllegalBlockingModeException();
      }
    }
  }
}
