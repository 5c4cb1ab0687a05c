package org.secrethandshake.channel;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A transport over a pair of streams. */
final class StreamTransport implements ByteChannel {
  private final InputStream in;
  private final OutputStream out;
  private final Closeable unblock;
  private final AtomicBoolean closed = new AtomicBoolean();

  StreamTransport(InputStream in, OutputStream out, Closeable unblock) {
    this.in = in;
    this.out = out;
    this.unblock = unblock;
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
    int count = in.read(dst.array(), dst.arrayOffset() + dst.position(), dst.remaining());
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
    out.write(src.array(), src.arrayOffset() + src.position(), count);
    out.flush();
    src.position(src.limit());
    return count;
  }

  @Override
  public boolean isOpen() {
    return !closed.get();
  }

  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      unblock.close();
    }
  }

  private void requireOpen() throws ClosedChannelException {
    if (closed.get()) {
      throw new ClosedChannelException();
    }
  }
}
