package org.secrethandshake.conformance.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretServer;

/** Returns every byte to its client, and counts how its channels end. */
final class Echo implements SecretServer.Handler {
  /** How a channel ended whose client said so. */
  static final String GOODBYE = "goodbye";

  private final int bufferBytes;
  private final Tally ends = new Tally();

  Echo(int bufferBytes) {
    this.bufferBytes = bufferBytes;
  }

  Tally ends() {
    return ends;
  }

  @Override
  public void handle(SecretChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bufferBytes);
    try {
      while (channel.read(buffer.clear()) >= 0) {
        channel.write(buffer.flip());
      }
      ends.add(GOODBYE);
    } catch (IOException e) {
      ends.add(e);
      throw e;
    }
  }
}
