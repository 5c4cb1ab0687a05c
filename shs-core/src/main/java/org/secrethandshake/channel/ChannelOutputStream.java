package org.secrethandshake.channel;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A channel's sending direction as a stream. */
final class ChannelOutputStream extends OutputStream {
  private final SecretChannel channel;

  ChannelOutputStream(SecretChannel channel) {
    this.channel = channel;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    channel.write(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void close() {
    channel.close();
  }
}
