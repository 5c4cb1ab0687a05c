package org.secrethandshake;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The handshake failed. The peer saw nothing but a closed connection; no key was agreed. */
public final class HandshakeException extends ShsException {
  private static final long serialVersionUID = 1L;

  /** Why a handshake failed. */
  public enum Reason {
    /** A hello was not made with our network key. */
    WRONG_NETWORK,
    /**
     * The client did not prove its identity to us: it dialled another server key, does not own the
     * key that it claims, or its message was altered.
     */
    BAD_CLIENT_AUTH,
    /** The server did not prove that it owns the key that we dialled. */
    BAD_SERVER_ACCEPT,
    /** The client's key is not a valid Ed25519 public key by the rule of all backends. */
    INVALID_KEY,
    /** A shared secret came out as zero: the peer sent a point of low order. */
    LOW_ORDER,
    /** The peer sent our own ephemeral key back to us. */
    REFLECTED,
    /** Our authorizer refused the client. */
    REFUSED,
    /**
     * The peer closed the connection in mid-handshake. After clientAuthenticate that is what a
     * wrong server key and a refusal look like; a client cannot tell one from the other.
     */
    CLOSED_BY_PEER,
    /** The handshake was not finished by its deadline. */
    TIMEOUT,
    /** The transport failed. */
    TRANSPORT,
    /** Our authorizer threw instead of answering. */
    AUTHORIZER_FAILED,
    /** Our server dropped the client, which had taken the longest, to make room for others. */
    NO_ROOM
  }

  private final Reason reason;

  /** Creates an exception with its reason and a sentence for the local user. */
  public HandshakeException(Reason reason, String message) {
    this(reason, message, null);
  }

  /** Creates an exception with its reason, a sentence for the local user, and its cause. */
  public HandshakeException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason);
  }

  /** Returns why the handshake failed. */
  public Reason reason() {
    return reason;
  }
}
