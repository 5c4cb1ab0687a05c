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

  /**
   * Says that a backend broke, in the one way in which handshakes and channels report it.
   *
   * @param during what it was doing, such as "sealing a packet"
   * @param cause what the backend threw; an {@link Error} is thrown on as it is
   * @return the cause itself if the backend said so in this type
   */
  public static CryptoProviderException broken(
      CryptoProvider crypto, String during, Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof CryptoProviderException said
        ? said
        : new CryptoProviderException(
            "The crypto backend '%s' broke while %s. The peer is not at fault."
                .formatted(crypto.name(), during),
            cause);
  }
}
