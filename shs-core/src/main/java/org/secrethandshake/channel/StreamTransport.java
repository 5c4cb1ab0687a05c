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
import java.nio.channels.spi.AbstractInterruptibleChannel;
import org.jspecify.annotations.Nullable;

/**
 * A transport over a pair of streams. An interrupt closes it, as it does a {@code SocketChannel},
 * which ends reads and writes that know nothing of interrupts.
 */
final class StreamTransport extends AbstractInterruptibleChannel implements ByteChannel {
  private final InputStream in;
  private final OutputStream out;
  private final Closeable unblock;
  private final @Nullable Socket socket;

  StreamTransport(InputStream in, OutputStream out, Closeable unblock) {
    this(in, out, unblock, null);
  }

  StreamTransport(Socket socket) throws IOException {
    this(socket.getInputStream(), socket.getOutputStream(), socket, socket);
  }

  private StreamTransport(
      InputStream in, OutputStream out, Closeable unblock, @Nullable Socket socket) {
    this.in = in;
    this.out = out;
    this.unblock = unblock;
    this.socket = socket;
  }

  @Nullable SocketAddress remoteAddress() {
    return socket == null ? null : socket.getRemoteSocketAddress();
  }

  /** Ends the output and leaves the input open, as far as the streams can. */
  void shutdownOutput() throws IOException {
    if (socket == null) {
      out.close();
    } else {
      socket.shutdownOutput();
    }
  }

  /** Whether a close resets the connection, if there is a socket below. */
  void closeByReset(boolean reset) throws IOException {
    if (socket != null) {
      socket.setSoLinger(reset, 0);
    }
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    requireOpen();
    if (!dst.hasArray()) {
      ByteBuffer copy = ByteBuffer.allocate(dst.remaining());
      int count = read(copy);
      dst.put(copy.flip());
      return count;
    }
    int count = -1;
    try {
      begin();
      count = in.read(dst.array(), dst.arrayOffset() + dst.position(), dst.remaining());
    } finally {
      end(count > 0);
    }
    dst.position(dst.position() + Math.max(count, 0));
    return count;
  }

  @Override
  public int write(ByteBuffer src) throws IOException {
    requireOpen();
    if (!src.hasArray()) {
      return write(ByteBuffer.allocate(src.remaining()).put(src).flip());
    }
    int count = src.remaining();
    boolean written = false;
    try {
      begin();
      out.write(src.array(), src.arrayOffset() + src.position(), count);
      out.flush();
      written = true;
    } finally {
      end(written);
    }
    src.position(src.limit());
    return count;
  }

  @Override
  protected void implCloseChannel() throws IOException {
    unblock.close();
  }

  private void requireOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }
}
