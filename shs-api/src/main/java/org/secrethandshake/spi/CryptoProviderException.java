package org.secrethandshake.spi;

/**
 * A crypto backend broke, cannot be loaded, or cannot be chosen. It is never the peer's fault.
 *
 * <p>The message says what happened and what to do.
 */
public final class CryptoProviderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a sentence for the developer. */
  public CryptoProviderException(String message) {
    super(message);
  }

  /** Creates an exception with a sentence for the developer and its cause. */
  public CryptoProviderException(String message, Throwable cause) {
    super(message, cause);
  }
}
