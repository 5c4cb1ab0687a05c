package org.secrethandshake.netty;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.IdentityKey;

/**
 * The user event that tells the handlers behind a {@link SecretHandshakeHandler} what became of its
 * handshake. Each handshake leads to exactly one, unless the handler is removed first. Immutable.
 */
public final class SecretHandshakeCompletionEvent {
  private final @Nullable IdentityKey peer;
  private final @Nullable Object authorization;
  private final @Nullable Throwable cause;

  private SecretHandshakeCompletionEvent(
      @Nullable IdentityKey peer, @Nullable Object authorization, @Nullable Throwable cause) {
    this.peer = peer;
    this.authorization = authorization;
    this.cause = cause;
  }

  static SecretHandshakeCompletionEvent success(IdentityKey peer, @Nullable Object authorization) {
    return new SecretHandshakeCompletionEvent(peer, authorization, null);
  }

  static SecretHandshakeCompletionEvent failure(Throwable cause) {
    return new SecretHandshakeCompletionEvent(null, null, cause);
  }

  /** Whether both sides are authenticated, and the client was let in. */
  public boolean isSuccess() {
    return cause == null;
  }

  /**
   * Returns why the handshake failed, and {@code null} if it did not: a {@link
   * org.secrethandshake.HandshakeException} for what the peer, the network or the authorizer did; a
   * {@link java.nio.channels.ClosedChannelException} if this side closed the channel meanwhile; a
   * {@link org.secrethandshake.spi.CryptoProviderException} if the backend broke.
   */
  public @Nullable Throwable cause() {
    return cause;
  }

  /**
   * Returns the peer's identity, which it has proved.
   *
   * @throws IllegalStateException if the handshake failed
   */
  public IdentityKey peer() {
    if (peer == null) {
      throw new IllegalStateException(
          "the handshake failed, so nobody is known to be there", cause);
    }
    return peer;
  }

  /**
   * Returns what the server's authorizer answered for this client.
   *
   * @return empty at the client's end, and after a failure
   * @throws ClassCastException if the answer is of another type
   */
  public <T> Optional<T> authorization(Class<T> type) {
    return Optional.ofNullable(authorization).map(type::cast);
  }

  /** Says whether the handshake succeeded, without a key. */
  @Override
  public String toString() {
    return "SecretHandshakeCompletionEvent[" + (cause == null ? "success" : cause) + "]";
  }
}
