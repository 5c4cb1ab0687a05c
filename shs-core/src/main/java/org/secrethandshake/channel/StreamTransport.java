package org.secrethandshake.channel;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
  private final @Nullable SocketAddress remoteAddress;

  StreamTransport(
      InputStream in, OutputStream out, Closeable unblock, @Nullable SocketAddress remoteAddress) {
    this.in = in;
    this.out = out;
    this.unblock = unblock;
    this.remoteAddress = remoteAddress;
  }

  @Nullable SocketAddress remoteAddress() {
    return remoteAddress;
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
