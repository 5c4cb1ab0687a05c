package org.secrethandshake.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.spi.CryptoProviderException;

/**
 * An authenticated, encrypted, forward-secret byte stream to one peer.
 *
 * <p>What is read was written by the peer, in order and complete. {@link #read} answers -1 only
 * after the peer's authenticated goodbye; a connection that merely ends is a {@link
 * BoxStreamException} with reason {@code TRUNCATED}. The first error of a direction is sticky, and
 * takes effect when a call reaches it.
 *
 * <p><b>A goodbye says that all was sent.</b> {@link #shutdownOutput()} and {@link #close()} say
 * it. It is never said after a write that did not return normally, nor by a close that finds a
 * write of another thread under way: the peer sees a cut then, and cannot take a part for the
 * whole. The rule knows single writes only: a close of another thread between two of them says that
 * the first was all.
 *
 * <p>Thread-safe and full duplex: reading and writing have locks of their own, and {@link #close}
 * may be called from any thread. Blocking calls suit virtual threads. A write is sent at once, so
 * wrap {@link #outputStream()} into a {@link java.io.BufferedOutputStream} for many small ones.
 *
 * <p><b>Interrupts</b> mean what they mean to a {@link java.nio.channels.SocketChannel}: a thread
 * that is interrupted in {@code read}, {@code write} or {@code shutdownOutput}, or before it, or
 * while it waits there for another thread's, gets a {@link ClosedByInterruptException} and stays
 * interrupted; the channel is cut, for all its threads and without a goodbye. {@code close} works
 * on an interrupted thread, and an interrupt in the middle of it ends it at once. That holds for
 * platform and virtual threads and for every transport that is an {@link
 * java.nio.channels.InterruptibleChannel}, as all those of {@link Transports} are; over another,
 * only what its own reads and writes do about interrupts counts.
 *
 * <p>Each side ends its own output. Our output stays open after the peer's goodbye. Whoever holds a
 * channel closes it.
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

  /** How much input {@link #close} drops at most while it waits for the peer's goodbye. */
  public static final int CLOSE_DROP_BYTES = 256 * 1024;

  private final ChannelState state;
  private final TimeLimits limits;
  private final ReadHalf reader;
  private final WriteHalf writer;
  private final IdentityKey peer;
  private final @Nullable SocketAddress remoteAddress;
  private final @Nullable Object authorization;

  SecretChannel(
      ByteChannel transport, Session session, int maxBodyBytes, @Nullable Object authorization) {
    this.state = new ChannelState(transport, this::wipeWhenIdle);
    this.limits = new TimeLimits(state);
    this.peer = session.peer();
    this.remoteAddress = Transports.remoteAddress(transport);
    this.authorization = authorization;
    this.reader = new ReadHalf(state, limits, session.unboxer(maxBodyBytes));
    try {
      this.writer = new WriteHalf(state, limits, session.boxer());
    } catch (RuntimeException | Error e) {
      reader.wipeWhenIdle();
      throw e;
    }
  }

  /** Returns the peer's identity, which it has proved. */
  public IdentityKey peer() {
    return peer;
  }

  /** Returns the peer's socket address; empty over a transport that does not tell. */
  public Optional<SocketAddress> remoteAddress() {
    return Optional.ofNullable(remoteAddress);
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

  /** Returns how many bytes reads have delivered so far. */
  public long bytesRead() {
    return reader.bytes();
  }

  /**
   * Returns how many bytes of writes the transport has taken so far. It takes them in batches of at
   * most 64 KB; one that it took in part does not count.
   */
  public long bytesWritten() {
    return writer.bytes();
  }

  /**
   * Limits how long a read waits for its first byte: for the whole of it, not for each piece of a
   * packet that drips in. A read that takes longer cuts the channel and throws a {@link
   * BoxStreamException} with reason {@code TIMEOUT}.
   *
   * @param timeout positive, or {@code null} to wait without limit, which is the default
   */
  public void readTimeout(@Nullable Duration timeout) {
    limits.read().set(requirePositive(timeout, "read timeout"));
  }

  /**
   * Limits how long a write waits for the peer to take its next batch, of at most 66 KB. A write
   * that waits longer cuts the channel and throws a {@link BoxStreamException} with reason {@code
   * TIMEOUT}. {@link SecretHandshake.Builder#writeTimeout} sets the default.
   *
   * @param timeout positive, or {@code null} to wait without limit
   */
  public void writeTimeout(@Nullable Duration timeout) {
    limits.write().set(requirePositive(timeout, "write timeout"));
  }

  /**
   * Limits how long the channel may be silent in both directions. Then it is cut, and its calls
   * throw a {@link BoxStreamException} with reason {@code TIMEOUT}. {@link
   * SecretHandshake.Builder#idleTimeout} sets the default.
   *
   * @param timeout positive, or {@code null} for no limit
   */
  public void idleTimeout(@Nullable Duration timeout) {
    limits.idle().set(requirePositive(timeout, "idle timeout"));
    limits.idle().begin();
  }

  static @Nullable Duration requirePositive(@Nullable Duration timeout, String name) {
    if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
      throw new IllegalArgumentException("the " + name + " must be positive, but is " + timeout);
    }
    return timeout;
  }

  /**
   * Reads at least one byte, waiting for it, unless {@code dst} has no room.
   *
   * @return the number of bytes read, or -1 after the peer's goodbye
   * @throws BoxStreamException if the stream was cut or altered, or a timeout passed; the channel
   *     is dead then, and what was read before is authentic
   * @throws java.net.SocketTimeoutException if the transport has a read timeout of its own, as a
   *     {@code Socket} may have, and that passed; nothing is lost, and a later read goes on
   * @throws ClosedByInterruptException if this thread is interrupted; the channel is dead then
   * @throws AsynchronousCloseException if another thread closed this channel meanwhile
   * @throws ClosedChannelException if this channel is closed
   * @throws CryptoProviderException if the backend breaks; the channel is dead then
   */
  @Override
  public int read(ByteBuffer dst) throws IOException {
    if (dst.isReadOnly()) {
      throw new IllegalArgumentException("a read-only buffer cannot be read into");
    }
    int count = reader.read(dst);
    endAfterBothGoodbyes();
    return count;
  }

  /**
   * Writes all of {@code src}. After any exception the position of {@code src} does not tell how
   * much was sent, and no goodbye follows.
   *
   * @throws BoxStreamException if the transport failed, or a timeout passed
   * @throws ClosedByInterruptException if this thread is interrupted; the channel is dead then
   * @throws AsynchronousCloseException if another thread closed this channel meanwhile
   * @throws ClosedChannelException if this channel is closed, or its output is shut down
   * @throws CryptoProviderException if the backend breaks; the channel is dead then
   */
  @Override
  public int write(ByteBuffer src) throws IOException {
    return writer.write(src);
  }

  /**
   * Says goodbye, which ends our output; reading goes on. A second call does nothing. The transport
   * stays open until both goodbyes have passed.
   *
   * @throws BoxStreamException if the transport failed, now or in an earlier write
   * @throws ClosedByInterruptException if this thread is interrupted; the channel is dead then
   * @throws ClosedChannelException if this channel is closed
   * @throws CryptoProviderException if the backend breaks; the channel is dead then
   */
  public void shutdownOutput() throws IOException {
    writer.goodbye();
    endAfterBothGoodbyes();
  }

  /**
   * Waits, after the peer's goodbye, until the peer is gone: until its end of the connection is
   * closed, or fails, or this channel is closed. A peer that has said goodbye may go on reading for
   * as long as it likes; this tells a writer that has nothing to write that nobody reads any more.
   *
   * @throws IllegalStateException if {@link #read} has not answered -1 yet
   * @throws ClosedByInterruptException if this thread is interrupted; the channel is dead then
   */
  public void awaitPeerGone() throws IOException {
    reader.awaitPeerGone();
  }

  /**
   * Whether this channel can still carry something: neither closed, nor dead, nor ended by both
   * goodbyes. The peer may be gone all the same.
   */
  @Override
  public boolean isOpen() {
    return state.name() == ChannelState.Name.OPEN;
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
   * closes the channel; to end only the output, call {@link #shutdownOutput()}.
   */
  public OutputStream outputStream() {
    return new ChannelOutputStream(this);
  }

  /**
   * Says goodbye if all was sent, lets the peer receive it, closes the transport and wipes the
   * keys; all within {@link #CLOSE_BOUND}, as long as the transport's own close does not block.
   * Throws no exception. Threads that are blocked in a read or write get an {@link
   * AsynchronousCloseException}. A close that finds a write under way cuts it, at once and without
   * a goodbye; so does one after a failed write or any other error.
   *
   * <p>Input that was not read is dropped. Whether the peer has taken all we wrote is not known
   * from a close, nor from a goodbye that it said before it had read ours: let it answer, or say
   * goodbye only when it has read to the end. Closing a channel that another thread is closing
   * waits for that.
   */
  @Override
  public void close() {
    // An interrupted thread, such as one of an executor that shuts down, can say goodbye too.
    boolean interrupted = Thread.interrupted();
    try {
      if (state.beginClose()) {
        takeLeave();
      } else {
        // The first is itself bounded, unless its transport's close blocks.
        state.awaitEnd(CLOSE_BOUND.multipliedBy(2));
      }
    } finally {
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
    state.abort();
  }

  /** Aborts, unless our output has ended, or somebody is closing this channel. */
  void abortUnlessParting() {
    if (!writer.hasEnded()) {
      state.abortIfOpen();
    }
  }

  /** Whether somebody is closing this channel, or our output has ended and it is still open. */
  boolean isParting() {
    return !state.isOver() && (!isOpen() || writer.hasEnded());
  }

  private void wipeWhenIdle() {
    limits.stop();
    reader.wipeWhenIdle();
    writer.wipeWhenIdle();
  }

  private void takeLeave() {
    try (Deadline bound = Deadline.arm(CLOSE_BOUND, state.transport())) {
      partFromPeer(bound);
    } finally {
      state.finishClose();
    }
  }

  private void partFromPeer(Deadline bound) {
    try {
      writer.goodbyeUnlessWriting(bound);
      if (writer.hasEnded()) {
        reader.drain(bound, CLOSE_DROP_BYTES);
      }
    } catch (IOException | RuntimeException e) {
      // The peer is gone, the time is up or the backend broke: the channel is closed all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void endAfterBothGoodbyes() {
    if (reader.hasEnded() && writer.hasEnded()) {
      state.end();
    }
  }

  /** Says what this is and its state, without a key. */
  @Override
  public String toString() {
    return "SecretChannel[" + state.name().name().toLowerCase(Locale.ROOT) + "]";
  }
}
