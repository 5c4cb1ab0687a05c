package org.secrethandshake.crypto.tink;

import com.google.crypto.tink.subtle.Ed25519Sign;
import com.google.crypto.tink.subtle.Ed25519Verify;
import com.google.crypto.tink.subtle.X25519;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import org.secrethandshake.spi.CryptoProvider;

/**
 * The calls into Tink.
 *
 * <p>Constructors, where Tink offers {@code create} too: that tries the JDK's Ed25519 first and
 * does not say which one it took.
 */
final class Tink {
  private Tink() {}

  static byte[] publicKey(byte[] seed) throws GeneralSecurityException {
    return Ed25519Sign.KeyPair.newKeyPairFromSeed(seed).getPublicKey();
  }

  static byte[] sign(byte[] seed, byte[] message) throws GeneralSecurityException {
    return new Ed25519Sign(seed).sign(message);
  }

  static Verifier verifier(byte[] publicKey) {
    Ed25519Verify verify = new Ed25519Verify(publicKey);
    return (message, signature) -> {
      try {
        verify.verify(signature, message);
        return true;
      } catch (GeneralSecurityException invalid) {
        return false;
      }
    };
  }

  static byte[] scalarMultBase(byte[] scalar) throws InvalidKeyException {
    return X25519.publicFromPrivate(scalar);
  }

  /** Multiplies; where Tink refuses a point of small order, the result is all zero. */
  static byte[] scalarMult(byte[] scalar, byte[] point) {
    try {
      return X25519.computeSharedSecret(scalar, point);
    } catch (InvalidKeyException smallOrder) {
      return new byte[CryptoProvider.POINT_BYTES];
    }
  }

  /** One public key, parsed. */
  interface Verifier {
    boolean verifies(byte[] message, byte[] signature);
  }
}
