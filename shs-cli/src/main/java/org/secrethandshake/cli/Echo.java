package org.secrethandshake.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretServer;

/** Returns every byte to its sender, and the goodbye at the end. */
final class Echo implements SecretServer.Handler {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final Shell shell;

  Echo(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void handle(SecretChannel channel) {
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);
    try {
      while (channel.read(bytes) >= 0) {
        channel.write(bytes.flip());
        bytes.clear();
      }
    } catch (IOException e) {
      shell.say("a channel was cut: " + e.getMessage());
    }
  }
}
