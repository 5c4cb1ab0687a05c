package org.secrethandshake.handshake;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;

/**
 * One handshake, as a state machine without input or output: {@link #step()} says what it waits
 * for.
 *
 * <p>A handshake that fails is dead and wiped, and the caller closes the transport without a word:
 * the peer learns nothing about the reason from it. The time of the close may tell: checking a
 * clientAuthenticate for another server's key takes less time than one for ours, so a server that
 * closes at once confirms a guess of its key; {@code HandshakeProgress} says how long to wait. A
 * call out of order is an {@link IllegalStateException} that names the step and changes nothing. A
 * backend that throws kills the handshake with a {@link CryptoProviderException}.
 *
 * <p>Not thread-safe. Whoever creates a handshake closes it, which wipes its secrets.
 *
 * <pre>{@code
 * try (ServerHandshake handshake = endpoint.server()) {
 *   while (true) {
 *     switch (handshake.step()) {
 *       case SEND -> {
 *         ByteBuffer message = ByteBuffer.allocate(handshake.bytesToSend());
 *         handshake.send(message);
 *         write(message.flip());                       // all of it
 *       }
 *       case RECEIVE -> {
 *         ByteBuffer message = ByteBuffer.allocate(handshake.bytesNeeded());
 *         if (read(message) < 0) {
 *           throw new EOFException("the peer hung up");
 *         }
 *         handshake.receive(message.flip());
 *       }
 *       case AUTHORIZE -> {                            // a server only
 *         if (friends.contains(handshake.clientKey())) {
 *           handshake.accept();
 *         } else {
 *           handshake.refuse();
 *         }
 *       }
 *       case DONE -> {
 *         return handshake.finish();
 *       }
 *       case CLOSED -> throw new IOException("the client was refused");
 *       case FAILED -> throw new AssertionError("receive and send have thrown");
 *     }
 *   }
 * }
 * }</pre>
 */
public abstract sealed class Handshake implements AutoCloseable
    permits ClientHandshake, ServerHandshake {

  /** What a handshake waits for. */
  public enum Step {
    /** A message is ready for {@link Handshake#send}. */
    SEND,
    /** {@link Handshake#receive} takes the peer's next message. */
    RECEIVE,
    /** The server knows the client and waits for its authorizer's answer. */
    AUTHORIZE,
    /** Both sides are authenticated: {@link Handshake#finish} gives the session. */
    DONE,
    /** Over: it gave its session away, its client was refused, or the caller closed it. */
    CLOSED,
    /** Over: the peer's message was not acceptable, or the backend broke. */
    FAILED
  }

  private final CryptoProvider crypto;
  private final Runnable wipe;
  private Step step = Step.CLOSED;
  private Message message = Message.CLIENT_HELLO;
  private byte[] bytes = {};
  private int filled;
  private @Nullable Session session;

  /**
   * Creates the envelope of a protocol.
   *
   * @param wipe wipes the protocol's secrets
   */
  Handshake(CryptoProvider crypto, Runnable wipe) {
    this.crypto = crypto;
    this.wipe = wipe;
  }

  /**
   * Says what follows a message that has passed: the order of the messages, from top to bottom.
   *
   * @param bytes the message
   */
  abstract void passed(Message message, byte[] bytes) throws HandshakeException;

  /** Returns what this handshake waits for. */
  public final Step step() {
    return step;
  }

  /**
   * Returns the length of the message that {@link #send} puts, and 0 in every step but {@code
   * SEND}.
   */
  public final int bytesToSend() {
    return step == Step.SEND ? bytes.length : 0;
  }

  /**
   * Returns how many bytes of the awaited message are missing, and 0 in every step but {@code
   * RECEIVE}.
   */
  public final int bytesNeeded() {
    return step == Step.RECEIVE ? bytes.length - filled : 0;
  }

  /**
   * Takes bytes of the awaited message, at most {@link #bytesNeeded()}; what follows stays in
   * {@code src}. The message may come in pieces of any size.
   *
   * @return whether the message was completed and verified; {@code false} asks for more bytes
   * @throws HandshakeException if the peer's message is not acceptable; this handshake is dead then
   * @throws IllegalStateException unless in step {@code RECEIVE}
   */
  public final boolean receive(ByteBuffer src) throws HandshakeException {
    require(Step.RECEIVE);
    int length = Math.min(src.remaining(), bytesNeeded());
    src.get(bytes, filled, length);
    filled += length;
    if (filled < bytes.length) {
      return false;
    }
    guarded(() -> passed(message, bytes));
    return true;
  }

  /**
   * Puts the whole next message, of {@link #bytesToSend()} bytes, into {@code dst}.
   *
   * @throws BufferOverflowException if it does not fit; nothing is put and the step stays
   * @throws IllegalStateException unless in step {@code SEND}
   */
  public final void send(ByteBuffer dst) {
    require(Step.SEND);
    if (dst.remaining() < bytes.length) {
      throw new BufferOverflowException();
    }
    dst.put(bytes);
    begin(() -> passed(message, bytes));
  }

  /**
   * Gives the session, which the caller closes. It outlives this handshake, which is over.
   *
   * @throws IllegalStateException unless in step {@code DONE}; so it can be called once
   */
  public final Session finish() {
    require(Step.DONE);
    step = Step.CLOSED;
    Session finished = Objects.requireNonNull(session);
    session = null;
    return finished;
  }

  /** Wipes the secrets. A session already given stays usable. Closing again does nothing. */
  @Override
  public final void close() {
    end(step == Step.FAILED ? Step.FAILED : Step.CLOSED);
  }

  private void end(Step end) {
    step = end;
    wipe.run();
    if (session != null) {
      session.close();
    }
  }

  /** Says which side this is and what it waits for, in words and without a key. */
  @Override
  public final String toString() {
    String side = this instanceof ClientHandshake ? "client" : "server";
    return switch (step) {
      case SEND -> side + ", about to send " + message;
      case RECEIVE -> side + ", waiting for " + message;
      case AUTHORIZE -> side + ", waiting for the authorizer";
      case DONE -> side + ", done";
      case CLOSED -> side + ", closed";
      case FAILED -> side + ", failed at " + message;
    };
  }

  final void sendNext(Message next, byte[] content) {
    message = next;
    bytes = content;
    step = Step.SEND;
  }

  final void receiveNext(Message next) {
    message = next;
    bytes = new byte[next.length()];
    filled = 0;
    step = Step.RECEIVE;
  }

  final void authorizeNext() {
    step = Step.AUTHORIZE;
  }

  /** Both sides are authenticated, and nothing but the session's keys is kept. */
  final void done(IdentityKey peer, SessionKeys keys) {
    session = new Session(crypto, peer, keys);
    wipe.run();
    step = Step.DONE;
  }

  final boolean isOver() {
    return step == Step.CLOSED || step == Step.FAILED;
  }

  final void require(Step expected) {
    if (step != expected) {
      throw new IllegalStateException(
          "this call belongs to step %s, but the handshake is in step %s (%s)"
              .formatted(expected, step, message));
    }
  }

  /** Runs a part of the handshake that takes nothing from the peer, like {@link #guarded}. */
  final void begin(Part part) {
    try {
      guarded(part);
    } catch (HandshakeException e) {
      throw new AssertionError("the peer has no part in this", e);
    }
  }

  /** Runs a part of the handshake, and leaves the handshake dead and wiped unless it succeeds. */
  final void guarded(Part part) throws HandshakeException {
    try {
      part.run();
    } catch (HandshakeException e) {
      end(Step.FAILED);
      throw e;
    } catch (RuntimeException | Error e) {
      end(Step.FAILED);
      throw CryptoProviderException.broken(crypto, "handling " + message, e);
    }
  }

  /** A part of the handshake that the backend, and perhaps the peer, can make fail. */
  interface Part {
    void run() throws HandshakeException;
  }
}
