package org.secrethandshake.conformance.hostile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** A transport that works up to some byte of one direction, and breaks there. Counts all bytes. */
final class FaultyTransport implements ByteChannel {
  /** What breaks. */
  enum Direction {
    READ,
    WRITE
  }

  private static final int NEVER = Integer.MAX_VALUE;

  private final ByteChannel inner;
  private final Fault fault;
  private final int bytesToRead;
  private final int bytesToWrite;
  private int read;
  private int written;

  /** A transport that does not break before that many bytes have passed in one direction. */
  FaultyTransport(ByteChannel inner, Fault fault, Direction direction, int bytes) {
    this.inner = inner;
    this.fault = fault;
    this.bytesToRead = direction == Direction.READ ? bytes : NEVER;
    this.bytesToWrite = direction == Direction.WRITE ? bytes : NEVER;
  }

  static FaultyTransport sound(ByteChannel inner) {
    return new FaultyTransport(inner, Fault.FAILS, Direction.READ, NEVER);
  }

  int passed(Direction direction) {
    return direction == Direction.READ ? read : written;
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    if (read == bytesToRead) {
      return fault.strike(inner);
    }
    ByteBuffer part = part(dst, bytesToRead - read);
    int count = inner.read(part);
    dst.position(dst.position() + Math.max(0, count));
    read += Math.max(0, count);
    return count;
  }

  @Override
  public int write(ByteBuffer src) throws IOException {
    if (written == bytesToWrite) {
      return fault.strike(inner);
    }
    ByteBuffer part = part(src, bytesToWrite - written);
    int count = inner.write(part);
    src.position(src.position() + count);
    written += count;
    return count;
  }

  private static ByteBuffer part(ByteBuffer whole, int most) {
    return whole.slice(whole.position(), Math.min(whole.remaining(), most));
  }

  @Override
  public boolean isOpen() {
    return inner.isOpen();
  }

  @Override
  public void close() throws IOException {
    inner.close();
  }
}
