package org.secrethandshake.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.Callable;
import java.util.zip.CRC32C;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;

/**
 * The demo's server: takes one client, receives until its goodbye, and answers with a checksum of
 * what came.
 */
final class DemoServer implements Callable<Boolean> {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ServerSocketChannel listener;
  private final SecretHandshake shs;
  private final DemoTranscript transcript;
  private final ProgressBar progress;

  DemoServer(
      ServerSocketChannel listener,
      SecretHandshake shs,
      DemoTranscript transcript,
      ProgressBar progress) {
    this.listener = listener;
    this.shs = shs;
    this.transcript = transcript;
    this.progress = progress;
  }

  @Override
  public Boolean call() throws IOException {
    NarratedTransport transport = new NarratedTransport(listener.accept(), false, transcript);
    try (SecretChannel channel = shs.accept(transport, policy())) {
      long checksum = receive(channel);
      channel.write(ByteBuffer.allocate(Long.BYTES).putLong(checksum).flip());
    }
    return true;
  }

  /** The client is known, and so its message verified, when the authorizer is asked. */
  private Authorizer policy() {
    return client -> {
      transcript.verified();
      return Authorizer.anyone().authorize(client);
    };
  }

  private long receive(SecretChannel channel) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);
    for (int count = channel.read(bytes); count >= 0; count = channel.read(bytes.clear())) {
      checksum.update(bytes.flip());
      progress.add(count);
    }
    return checksum.getValue();
  }
}
