package org.secrethandshake;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The peer or the network ended a handshake or a box stream otherwise than it should.
 *
 * <p>Checked exceptions are the peer's or the network's doing; a mistake of the caller, or a broken
 * backend, is unchecked. Messages are sentences for the local user: what happened, in which phase,
 * the usual cause. They never hold a byte of a key, and nothing of them reaches the peer.
 */
public abstract sealed class ShsException extends IOException
    permits HandshakeException, BoxStreamException {
  private static final long serialVersionUID = 1L;

  ShsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
