package org.secrethandshake.socket;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.channel.SecretChannel;

/** What the peer of a secret socket sends. Several threads may read, one at a time. */
final class SocketInput extends InputStream {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SecretConnection connection;
  private final ReentrantLock turn = new ReentrantLock();

  /** Received by {@link #available}, and not read yet. */
  private ByteBuffer ahead = NOTHING;

  SocketInput(SecretConnection connection) {
    this.connection = connection;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * Reads at least one byte, for which it waits as long as the socket's timeout says; a handshake
   * that has to come first has its own time. A read that runs out of time has lost nothing.
   *
   * @throws SocketTimeoutException if nothing came in time; a later read goes on
   */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    SecretChannel channel = connection.channel();
    turn.lock();
    try {
      connection.requireOpen();
      if (connection.transport().isInputShut()) {
        return -1;
      }
      if (ahead.hasRemaining()) {
        return takeAhead(bytes, offset, length);
      }
      connection.transport().limitReads(connection.soTimeout());
      return receive(channel, ByteBuffer.wrap(bytes, offset, length));
    } catch (SocketTimeoutException e) {
      connection.requireOpen();
      if (connection.transport().isInputShut()) {
        return -1;
      }
      throw e;
    } finally {
      turn.unlock();
    }
  }

  /** Makes a read that waits return at once, because the socket is closed. */
  void endWaiting() throws IOException {
    if (turn.isLocked()) {
      connection.transport().shutInput();
    }
  }

  private int takeAhead(byte[] bytes, int offset, int length) {
    int count = Math.min(length, ahead.remaining());
    ahead.get(bytes, offset, count);
    return count;
  }

  private int receive(SecretChannel channel, ByteBuffer dst) throws IOException {
    try {
      return channel.read(dst);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw connection.explain(e);
    } finally {
      // A close on this thread, which drops what comes, has a limit of its own.
      connection.transport().limitReads(0);
    }
  }

  /**
   * Tells how much a read would deliver at once: more than 0 as soon as a whole packet has come.
   * Waits for nothing but a handshake that was not done before.
   */
  @Override
  public int available() throws IOException {
    SecretChannel channel = connection.channel();
    if (!turn.tryLock()) {
      return 0;
    }
    try {
      connection.requireOpen();
      if (!ahead.hasRemaining() && !connection.transport().isInputShut()) {
        lookAhead(channel);
      }
      return connection.transport().isInputShut() ? 0 : ahead.remaining();
    } finally {
      turn.unlock();
    }
  }

  private void lookAhead(SecretChannel channel) throws IOException {
    if (ahead.capacity() == 0) {
      ahead = ByteBuffer.allocate(Unboxer.MAX_BODY_BYTES);
    }
    ahead.clear();
    try {
      connection.transport().waitForNothing();
      receive(channel, ahead);
    } catch (SocketTimeoutException e) {
      // No whole packet has come.
    } finally {
      ahead.flip();
    }
  }
}
