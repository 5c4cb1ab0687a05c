package org.secrethandshake.handshake;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.VerifyKey;

/**
 * One handshake, as a state machine without input or output: {@link #step()} says what it waits
 * for.
 *
 * <p>A handshake that fails is dead and wiped, and the caller closes the transport without a word:
 * the peer learns nothing about the reason. A call out of order is an {@link IllegalStateException}
 * that names the step and changes nothing. A backend that throws kills the handshake with a {@link
 * CryptoProviderException}.
 *
 * <p>Not thread-safe. Whoever creates a handshake closes it, which wipes its secrets.
 *
 * <pre>{@code
 * while (handshake.step() != Step.DONE) {
 *   switch (handshake.step()) {
 *     case SEND -> handshake.send(outgoing);      // then write it to the transport
 *     case RECEIVE -> handshake.receive(incoming); // what the transport gave
 *     ...
 *   }
 * }
 * Session session = handshake.finish();
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
    /** The handshake failed, was refused or closed, or gave its session away. */
    FAILED
  }

  private final Local local;
  private final IdentityKeyPair identity;
  private final KeySchedule keys;
  private Step step = Step.FAILED;
  private Message message = Message.CLIENT_HELLO;
  private byte[] bytes = new byte[0];
  private int filled;
  private byte[] authentication = new byte[0];
  private @Nullable Hello ourHello;
  private @Nullable Hello theirHello;
  private @Nullable Session session;

  Handshake(Local local, BiFunction<Local, IdentityKeyPair, KeySchedule> side) {
    this.local = local;
    this.identity = local.identityCopy();
    boolean begun = false;
    try {
      this.keys = side.apply(local, identity);
      begun = true;
    } catch (CryptoProviderException e) {
      throw e;
    } catch (RuntimeException e) {
      throw backendBroke(e);
    } finally {
      if (!begun) {
        identity.close();
      }
    }
  }

  /** Returns what this handshake waits for. */
  public final Step step() {
    return step;
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
    guarded(() -> received(message, bytes));
    return true;
  }

  /**
   * Puts the whole next message into {@code dst}.
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
    sent(message);
  }

  /**
   * Gives the session, which the caller closes. It outlives this handshake.
   *
   * @throws IllegalStateException unless in step {@code DONE}; so it can be called once
   */
  public final Session finish() {
    require(Step.DONE);
    Session finished = known(session);
    session = null;
    step = Step.FAILED;
    return finished;
  }

  /** Wipes the secrets. A session already given stays usable. Closing again does nothing. */
  @Override
  public final void close() {
    step = Step.FAILED;
    wipe();
    if (session != null) {
      session.close();
    }
  }

  private void wipe() {
    identity.close();
    keys.close();
    Bytes.wipe(bytes, authentication);
  }

  /** Says the step and the message, nothing secret. */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + step + " " + message + "]";
  }

  /** Handles a complete message, and says what comes next. */
  abstract void received(Message message, byte[] bytes) throws HandshakeException;

  /** Says what comes after a message that was sent. */
  abstract void sent(Message message);

  final Local local() {
    return local;
  }

  final IdentityKeyPair identity() {
    return identity;
  }

  final KeySchedule keys() {
    return keys;
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

  /** Draws our ephemeral key and makes our hello from it. */
  final byte[] drawHello() {
    ourHello = Hello.draw(keys);
    return ourHello.bytes();
  }

  /** Verifies the peer's hello. */
  final void verifyHello(byte[] bytes) throws HandshakeException {
    theirHello = Hello.verify(keys, message, bytes);
  }

  /** The ephemeral key of the peer's verified hello. */
  final byte[] theirEphemeralKey() {
    return known(theirHello).ephemeralKey();
  }

  /** Keeps {@code H = sign_A(K | B_p | hash(ab)) | A_p}, what the client says of itself. */
  final void keepAuthentication(byte[] h) {
    authentication = h;
  }

  final byte[] authentication() {
    return authentication;
  }

  /** Signs with our identity, and wipes what was signed, which holds {@code hash(ab)}. */
  final byte[] sign(byte[] signed) {
    byte[] signature = new byte[CryptoProvider.SIGNATURE_BYTES];
    try {
      identity.sign(signed, signature);
    } finally {
      Bytes.wipe(signed);
    }
    return signature;
  }

  /** Verifies a signature, and wipes what was signed, which holds {@code hash(ab)}. */
  static boolean verify(VerifyKey key, byte[] signed, byte[] signature) {
    try {
      return Encodings.isSafeSignature(signature) && key.verify(signed, signature);
    } finally {
      Bytes.wipe(signed);
    }
  }

  /** Derives the session's keys and wipes all others. */
  final void done(IdentityKey peer) {
    SessionKeys sessionKeys =
        keys.sessionKeys(
            identity.publicKey().bytes(),
            known(ourHello).bytes(),
            peer.bytes(),
            known(theirHello).bytes());
    session = new Session(local.crypto(), peer, sessionKeys);
    wipe();
    step = Step.DONE;
  }

  final void require(Step expected) {
    if (step != expected) {
      throw new IllegalStateException(
          "this call belongs to step %s, but the handshake is in step %s (%s)"
              .formatted(expected, step, message));
    }
  }

  /** Runs a part of the handshake, and leaves the handshake dead and wiped unless it succeeds. */
  final <X extends Exception> void guarded(Part<X> part) throws X {
    boolean succeeded = false;
    try {
      part.run();
      succeeded = true;
    } catch (CryptoProviderException e) {
      throw e;
    } catch (RuntimeException e) {
      throw backendBroke(e);
    } finally {
      if (!succeeded) {
        close();
      }
    }
  }

  private CryptoProviderException backendBroke(RuntimeException cause) {
    return new CryptoProviderException(
        "The crypto backend '%s' broke while handling %s. The peer is not at fault."
            .formatted(local.crypto().name(), message),
        cause);
  }

  /** A part of the handshake that the backend, and perhaps the peer, can make fail. */
  interface Part<X extends Exception> {
    void run() throws X;
  }

  /** Returns what the order of the steps makes known by now. */
  static <T> T known(@Nullable T value) {
    if (value == null) {
      throw new AssertionError("the order of the steps makes this value known");
    }
    return value;
  }
}
