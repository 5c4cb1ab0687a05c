package org.secrethandshake.socket;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The transport below a secret socket: a connected plain socket, to which an interrupt means what
 * it means to any socket. A read that runs out of time, or finds the input shut down, throws a
 * {@link SocketTimeoutException}; it has received nothing, and the channel above goes on.
 *
 * <p>One thread reads at a time, one writes, any closes.
 */
final class SocketTransport implements ByteChannel {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Closeable end;
  private volatile @Nullable Patience patience;
  private volatile boolean inputShut;
  private volatile boolean closed;

  /** Until when the reads of one thread may wait. */
  private record Patience(Thread reader, long endNanos) {
    static Patience of(long nanos) {
      return new Patience(Thread.currentThread(), System.nanoTime() + nanos);
    }
  }

  /**
   * Creates the transport.
   *
   * @param end what closing it does to the socket
   */
  SocketTransport(Socket socket, Closeable end) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
    this.end = end;
  }

  /** From now on all reads of this thread together may wait for this long; 0 for no limit. */
  void limitReads(long millis) {
    patience = millis == 0 ? null : Patience.of(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** From now on reads of this thread take what has come, and do not wait. */
  void waitForNothing() {
    patience = Patience.of(0);
  }

  /** Ends the input, now and for good, without touching the output; a waiting read returns. */
  void shutInput() {
    inputShut = true;
    try {
      socket.shutdownInput();
    } catch (IOException e) {
      // The socket is closed already, so nobody waits.
    }
  }

  boolean isInputShut() {
    return inputShut;
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    int count = -1;
    if (!inputShut) {
      socket.setSoTimeout(millisLeft());
      count = in.read(dst.array(), dst.arrayOffset() + dst.position(), dst.remaining());
    }
    if (count < 0 && inputShut) {
      throw new SocketTimeoutException("Socket input is shutdown");
    }
    dst.position(dst.position() + Math.max(count, 0));
    return count;
  }

  /** The time left as a socket takes it: 0 for no limit, and whole milliseconds else. */
  private int millisLeft() throws IOException {
    Patience now = patience;
    if (now == null || now.reader != Thread.currentThread()) {
      return 0;
    }
    long left = now.endNanos - System.nanoTime();
    if (left <= 0 && in.available() == 0) {
      throw new SocketTimeoutException("Read timed out");
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(left) + 1;
    return (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE));
  }

  @Override
  public int write(ByteBuffer src) throws IOException {
    int count = src.remaining();
    out.write(src.array(), src.arrayOffset() + src.position(), count);
    out.flush();
    src.position(src.limit());
    return count;
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    end.close();
  }
}
