package org.secrethandshake.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/** A socket that tells the transcript of what it is about to send. */
final class NarratedTransport implements ByteChannel {
  private final SocketChannel socket;
  private final boolean isClient;
  private final DemoTranscript transcript;

  NarratedTransport(SocketChannel socket, boolean isClient, DemoTranscript transcript) {
    this.socket = socket;
    this.isClient = isClient;
    this.transcript = transcript;
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    return socket.read(dst);
  }

  @Override
  public int write(ByteBuffer src) throws IOException {
    // Before, not after: the answer may come, and be told, before this write returns.
    transcript.sending(isClient, src);
    return socket.write(src);
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
