package org.secrethandshake.fuzz;

import java.util.Arrays;
import java.util.Optional;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;

/**
 * The formulas of the protocol guide, written a second time: for peers that break the rules, and to
 * foretell what has to become of them.
 */
record Formulas(CryptoProvider crypto) {

  /** {@code auth_K(point) | point}. */
  byte[] hello(byte[] point) {
    byte[] tag = new byte[CryptoProvider.AUTH_BYTES];
    crypto.auth(Cast.NETWORK, point, tag);
    return Input.concat(tag, point);
  }

  byte[] point(byte[] scalar) {
    byte[] point = new byte[CryptoProvider.POINT_BYTES];
    crypto.scalarMultBase(scalar, point);
    return point;
  }

  /** A shared secret; empty if it is zero. */
  Optional<byte[]> agree(byte[] scalar, byte[] point) {
    byte[] shared = new byte[CryptoProvider.POINT_BYTES];
    return crypto.scalarMult(scalar, point, shared) ? Optional.of(shared) : Optional.empty();
  }

  byte[] publicKey(byte[] seed) {
    byte[] key = new byte[CryptoProvider.PUBLIC_KEY_BYTES];
    crypto.signPublicKey(seed, key);
    return key;
  }

  /** {@code curve(key)} of an honest key. */
  byte[] curve(byte[] publicKey) {
    byte[] point = new byte[CryptoProvider.POINT_BYTES];
    crypto.verifyKey(publicKey).orElseThrow().point(point);
    return point;
  }

  /** A seed's secret in its X25519 form. */
  byte[] scalar(byte[] seed) {
    byte[] scalar = new byte[CryptoProvider.SCALAR_BYTES];
    crypto.signSeedToScalar(seed, scalar);
    return scalar;
  }

  boolean isKey(byte[] publicKey) {
    Optional<VerifyKey> key = crypto.verifyKey(publicKey);
    return key.isPresent();
  }

  byte[] sign(byte[] seed, byte[]... parts) {
    byte[] signature = new byte[CryptoProvider.SIGNATURE_BYTES];
    crypto.sign(seed, publicKey(seed), Input.concat(parts), signature);
    return signature;
  }

  byte[] hash(byte[]... parts) {
    byte[] digest = new byte[CryptoProvider.HASH_BYTES];
    crypto.hash(Input.concat(parts), digest);
    return digest;
  }

  /** {@code box[key](nonce)(message)}. */
  byte[] box(byte[] key, byte[] nonce, byte[] message) {
    byte[] box = Input.concat(new byte[SecretBox.TAG_BYTES], message);
    try (SecretBox secretBox = crypto.secretBox(key)) {
      secretBox.seal(nonce, box, 0, message.length);
    }
    return box;
  }

  /** {@code box[key](nonce 0)(message)}. */
  byte[] box(byte[] key, byte[] message) {
    return box(key, new byte[SecretBox.NONCE_BYTES], message);
  }

  /** Tells whether two points are one to X25519, which ignores the top bit. */
  static boolean isSamePoint(byte[] one, byte[] other) {
    byte[] difference = one.clone();
    int last = difference.length - 1;
    difference[last] ^= (byte) ((one[last] ^ other[last]) & 0x80);
    return Arrays.equals(difference, other);
  }
}
