package org.secrethandshake.wiping;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** A transport whose input ends after so many bytes. */
final class EndsAfter implements ByteChannel {
  private final ByteChannel transport;
  private int left;

  EndsAfter(ByteChannel transport, int bytes) {
    this.transport = transport;
    this.left = bytes;
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    int count = left > 0 ? transport.read(dst) : -1;
    left -= count;
    return count;
  }

  @Override
  public int write(ByteBuffer src) throws IOException {
    return transport.write(src);
  }

  @Override
  public boolean isOpen() {
    return transport.isOpen();
  }

  @Override
  public void close() throws IOException {
    transport.close();
  }
}
