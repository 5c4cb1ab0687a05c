package org.secrethandshake.spi;

/**
 * A parsed Ed25519 public key that is valid by the rule of {@link CryptoProvider}.
 *
 * <p>Holding one means that its key was validated. Immutable and thread-safe; meant to be kept for
 * as long as its owner is dialled.
 */
public interface VerifyKey {
  /**
   * Verifies a signature by the second rule of {@link CryptoProvider}.
   *
   * @param message any length
   * @param signature {@link CryptoProvider#SIGNATURE_BYTES} bytes
   * @return whether the signature is valid
   */
  boolean verify(byte[] message, byte[] signature);

  /**
   * Gives the key in its X25519 form, {@code u = (1 + y) / (1 - y)}.
   *
   * @param point receives {@link CryptoProvider#POINT_BYTES} bytes
   */
  void point(byte[] point);
}
