package org.secrethandshake.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/** A transport that counts the writes that pass through it. */
record CountingWrites(ByteChannel transport, int[] writes) implements ByteChannel {
  @Override
  public int read(ByteBuffer dst) throws IOException {
    return transport.read(dst);
  }

  @Override
  public int write(ByteBuffer src) throws IOException {
    writes[0]++;
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
