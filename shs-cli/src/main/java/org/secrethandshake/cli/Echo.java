package org.secrethandshake.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.secrethandshake.channel.SecretChannel;

/** Returns every byte to its sender, and the goodbye at the end. */
final class Echo implements ListenService {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final ChannelsInUse channels;
  private final ConnectionLog log;

  Echo(ChannelsInUse channels, ConnectionLog log) {
    this.channels = channels;
    this.log = log;
  }

  @Override
  public void handle(SecretChannel channel) throws Exception {
    try {
      channels.use(channel, () -> echo(channel));
    } catch (IOException e) {
      log.failed("a channel was cut", e);
    }
  }

  /** Serves until interrupted. */
  @Override
  public void awaitEnd() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  private static void echo(SecretChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);
    while (channel.read(bytes) >= 0) {
      channel.write(bytes.flip());
      bytes.clear();
    }
  }
}
