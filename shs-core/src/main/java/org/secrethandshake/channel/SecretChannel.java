package org.secrethandshake.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.handshake.Session;

/**
 * An authenticated, encrypted, forward-secret byte stream to one peer.
 *
 * <p>What is read was written by the peer, in order and complete. {@link #read} answers -1 only
 * after the peer's authenticated goodbye; a connection that merely ends is a {@link
 * BoxStreamException} with reason {@code TRUNCATED}. The first error of a direction is sticky.
 *
 * <p>Thread-safe and full duplex: reading and writing have locks of their own, and {@link #close}
 * may be called from any thread. Blocking calls suit virtual threads. A write is sent at once, so
 * wrap {@link #outputStream()} into a {@link java.io.BufferedOutputStream} for many small ones.
 *
 * <p>Each side ends its own output: {@link #shutdownOutput()} or {@link #close()} say goodbye. Our
 * output stays open after the peer's goodbye. Whoever holds a channel closes it.
 *
 * <pre>{@code
 * try (SecretChannel channel = shs.connect(transport, bob)) {
 *   channel.write(ByteBuffer.wrap(request));
 *   channel.shutdownOutput();
 *   byte[] response = channel.inputStream().readAllBytes();
 * }
 * }</pre>
 */
public final class SecretChannel implements ByteChannel {
  /** How long {@link #close} takes at most. */
  public static final Duration CLOSE_BOUND = Duration.ofSeconds(1);

  private static final int DRAIN_BYTES = 256 * 1024;

  private final Lifecycle lifecycle;
  private final ReadHalf reader;
  private final WriteHalf writer;
  private final IdentityKey peer;
  private final @Nullable Object authorization;

  SecretChannel(
      ByteChannel transport, Session session, int maxBodyBytes, @Nullable Object authorization) {
    this.lifecycle = new Lifecycle(transport);
    this.peer = session.peer();
    this.authorization = authorization;
    this.reader = new ReadHalf(lifecycle, session.unboxer(maxBodyBytes));
    boolean complete = false;
    try {
      this.writer = new WriteHalf(lifecycle, session.boxer());
      complete = true;
    } finally {
      if (!complete) {
        lifecycle.abandon();
        reader.wipeWhenIdle();
      }
    }
    lifecycle.onWipe(this::wipeWhenIdle);
  }

  /** Returns the peer's identity, which it has proved. */
  public IdentityKey peer() {
    return peer;
  }

  /**
   * Returns what the server's authorizer answered for this client.
   *
   * @return empty at the client's end
   * @throws ClassCastException if the answer is of another type
   */
  public <T> Optional<T> authorization(Class<T> type) {
    return Optional.ofNullable(authorization).map(type::cast);
  }

  /**
   * Limits how long a read waits for bytes of the peer. A read that times out closes the channel
   * and throws a {@link BoxStreamException} with reason {@code TRANSPORT}, caused by a {@link
   * java.net.SocketTimeoutException}.
   *
   * @param timeout positive, or {@code null} to wait without limit, which is the default
   */
  public void readTimeout(@Nullable Duration timeout) {
    if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
      throw new IllegalArgumentException("the read timeout must be positive, but is " + timeout);
    }
    reader.timeout(timeout);
  }

  /**
   * Reads at least one byte, waiting for it, unless {@code dst} has no room.
   *
   * @return the number of bytes read, or -1 after the peer's goodbye
   * @throws BoxStreamException if the stream was cut or altered; the channel is dead then, and what
   *     was read before is authentic
   * @throws AsynchronousCloseException if another thread closed this channel meanwhile
   * @throws ClosedChannelException if this channel is closed
   */
  @Override
  public int read(ByteBuffer dst) throws IOException {
    if (dst.isReadOnly()) {
      throw new IllegalArgumentException("a read-only buffer cannot be read into");
    }
    int count = reader.read(dst);
    closeAfterBothGoodbyes();
    return count;
  }

  /**
   * Writes all of {@code src}.
   *
   * @throws BoxStreamException if the transport failed
   * @throws AsynchronousCloseException if another thread closed this channel meanwhile; a part may
   *     have been sent. After any exception the position of {@code src} does not tell how much
   * @throws ClosedChannelException if this channel is closed, or its output is shut down
   */
  @Override
  public int write(ByteBuffer src) throws IOException {
    return writer.write(src);
  }

  /**
   * Says goodbye, which ends our output; reading goes on. A second call does nothing. The transport
   * stays open until both goodbyes have passed.
   *
   * @throws BoxStreamException if the transport failed
   * @throws ClosedChannelException if this channel is closed
   */
  public void shutdownOutput() throws IOException {
    writer.goodbye();
    closeAfterBothGoodbyes();
  }

  /** Whether this channel is neither closed nor dead. The peer may be gone all the same. */
  @Override
  public boolean isOpen() {
    return lifecycle.isOpen();
  }

  /**
   * Returns this channel as a stream, with the same errors. Closing it closes the channel. {@code
   * available} answers 0.
   */
  public InputStream inputStream() {
    return new ChannelInputStream(this);
  }

  /**
   * Returns this channel as a stream, with the same errors. Every write is sent at once. Closing it
   * closes the channel; to end the output alone, call {@link #shutdownOutput()}.
   */
  public OutputStream outputStream() {
    return new ChannelOutputStream(this);
  }

  /**
   * Says goodbye if that is not done, lets the peer receive it, closes the transport and wipes the
   * keys; all that within {@link #CLOSE_BOUND}, as long as the transport's own close does not
   * block. Never throws. Threads that are blocked in a read or write get an {@link
   * AsynchronousCloseException}. After an error nothing is sent.
   *
   * <p>Input that was not read is dropped. That the peer has taken all we wrote is known when
   * {@link #read} answers -1 after {@link #shutdownOutput()}, not from a close. Closing again does
   * nothing.
   */
  @Override
  public void close() {
    if (!lifecycle.beginClose()) {
      return;
    }
    // An interrupted thread, such as one of an executor that shuts down, can say goodbye too.
    boolean interrupted = Thread.interrupted();
    try (Deadline bound = Deadline.arm(CLOSE_BOUND, lifecycle.transport())) {
      partFromPeer(bound);
    } finally {
      lifecycle.abandon();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Closes at once and without a goodbye, so that the peer sees a cut: for a writer that cannot go
   * on and must not let what it has sent pass for the whole. Otherwise as {@link #close}.
   */
  public void abort() {
    lifecycle.beginClose();
    lifecycle.abandon();
  }

  private void wipeWhenIdle() {
    reader.wipeWhenIdle();
    writer.wipeWhenIdle();
  }

  private void partFromPeer(Deadline bound) {
    if (lifecycle.hasFailed()) {
      return;
    }
    try {
      writer.goodbye(bound);
      if (writer.hasEnded()) {
        reader.drain(bound, DRAIN_BYTES);
      }
    } catch (IOException | RuntimeException e) {
      // The peer is gone, the time is up or the backend broke: the channel is closed all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeAfterBothGoodbyes() {
    if (reader.hasEnded() && writer.hasEnded()) {
      lifecycle.abandon();
    }
  }

  /** Says what this is, without a key. */
  @Override
  public String toString() {
    return "SecretChannel[" + (isOpen() ? "open" : "closed") + "]";
  }
}
