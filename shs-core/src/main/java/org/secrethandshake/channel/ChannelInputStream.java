package org.secrethandshake.channel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A channel's receiving direction as a stream. */
final class ChannelInputStream extends InputStream {
  private final SecretChannel channel;

  ChannelInputStream(SecretChannel channel) {
    this.channel = channel;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return channel.read(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void close() {
    channel.close();
  }
}
