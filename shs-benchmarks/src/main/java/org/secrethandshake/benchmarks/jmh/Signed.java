package org.secrethandshake.benchmarks.jmh;

import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.VerifyKey;

/** An identity with a message that it has signed. */
final class Signed {
  /** What a client signs in the handshake: {@code K | B_p | hash(ab)}. */
  private static final int MESSAGE_BYTES =
      CryptoProvider.AUTH_KEY_BYTES + CryptoProvider.PUBLIC_KEY_BYTES + CryptoProvider.HASH_BYTES;

  final byte[] seed;
  final byte[] publicKey = new byte[CryptoProvider.PUBLIC_KEY_BYTES];
  final byte[] message;
  final byte[] signature = new byte[CryptoProvider.SIGNATURE_BYTES];
  final VerifyKey verifyKey;

  Signed(CryptoProvider crypto, int index) {
    seed = Ring.bytes(index, CryptoProvider.SEED_BYTES);
    message = Ring.bytes(index, MESSAGE_BYTES);
    crypto.signPublicKey(seed, publicKey);
    crypto.sign(seed, publicKey, message, signature);
    verifyKey = crypto.verifyKey(publicKey).orElseThrow();
  }
}
