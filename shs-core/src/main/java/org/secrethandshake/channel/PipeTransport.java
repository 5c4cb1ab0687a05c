package org.secrethandshake.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.InterruptibleChannel;

/** One end of an in-memory transport. An interrupt in a read or write ends it. */
final class PipeTransport implements ByteChannel, InterruptibleChannel {
  private final Pipe incoming;
  private final Pipe outgoing;
  private volatile boolean closed;

  PipeTransport(Pipe incoming, Pipe outgoing) {
    this.incoming = incoming;
    this.outgoing = outgoing;
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    requireOpen();
    try {
      return incoming.read(dst);
    } catch (ClosedByInterruptException e) {
      close();
      throw e;
    }
  }

  @Override
  public int write(ByteBuffer src) throws IOException {
    requireOpen();
    try {
      return outgoing.write(src);
    } catch (ClosedByInterruptException e) {
      close();
      throw e;
    }
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() {
    closed = true;
    outgoing.end();
    incoming.breakOff();
  }

  private void requireOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }
}
