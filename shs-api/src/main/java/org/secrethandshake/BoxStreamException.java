package org.secrethandshake;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A box stream was cut or corrupted. What was delivered before is authentic; nothing more will
 * come.
 *
 * <p>The first error is sticky: the stream reports it again whenever it is asked.
 */
public final class BoxStreamException extends ShsException {
  private static final long serialVersionUID = 1L;

  /** Why a box stream ended otherwise than by a goodbye. */
  public enum Reason {
    /** A packet's header is not authentic. */
    BAD_HEADER,
    /** A packet's body is not authentic. */
    BAD_BODY,
    /** A header announced a body that is longer than we receive. */
    TOO_LONG,
    /** The input ended without a goodbye: the connection was cut, perhaps by an attacker. */
    TRUNCATED,
    /** The transport failed. */
    TRANSPORT,
    /** A read, a write or silence lasted longer than its timeout. */
    TIMEOUT
  }

  private final Reason reason;

  /** Creates an exception with its reason and a sentence for the local user. */
  public BoxStreamException(Reason reason, String message) {
    this(reason, message, null);
  }

  /** Creates an exception with its reason, a sentence for the local user, and its cause. */
  public BoxStreamException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason);
  }

  /** Returns why the box stream ended. */
  public Reason reason() {
    return reason;
  }
}
