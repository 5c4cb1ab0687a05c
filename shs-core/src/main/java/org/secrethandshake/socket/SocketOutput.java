package org.secrethandshake.socket;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Objects;

/** What a secret socket sends. Several threads may write; each write's bytes stay together. */
final class SocketOutput extends OutputStream {
  private final SecretConnection connection;

  SocketOutput(SecretConnection connection) {
    this.connection = connection;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    connection.requireOpen();
    if (connection.isOutputShut()) {
      throw new SocketException("Socket output is shutdown");
    }
    try {
      connection.channel().write(ByteBuffer.wrap(bytes, offset, length));
    } catch (IOException e) {
      throw connection.explain(e);
    }
  }
}
