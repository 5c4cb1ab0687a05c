package org.secrethandshake.conformance;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;

/**
 * The formulas of the protocol guide over one backend, written a second time: for vectors that hold
 * intermediate values, and for peers that break the rules.
 */
public record Formulas(CryptoProvider crypto, byte[] network) {

  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }

  /** {@code auth_K(point) | point}. */
  public byte[] hello(byte[] point) {
    byte[] tag = new byte[CryptoProvider.AUTH_BYTES];
    crypto.auth(network, point, tag);
    return concat(tag, point);
  }

  public static byte[] pointOf(byte[] hello) {
    return Arrays.copyOfRange(hello, CryptoProvider.AUTH_BYTES, hello.length);
  }

  public byte[] point(byte[] scalar) {
    byte[] point = new byte[CryptoProvider.POINT_BYTES];
    crypto.scalarMultBase(scalar, point);
    return point;
  }

  /** A shared secret; zero if the backend refuses. */
  public byte[] agree(byte[] scalar, byte[] point) {
    byte[] shared = new byte[CryptoProvider.POINT_BYTES];
    boolean accepted = crypto.scalarMult(scalar, point, shared);
    return accepted ? shared : new byte[CryptoProvider.POINT_BYTES];
  }

  /** {@code curve(key)}. */
  public byte[] curve(byte[] publicKey) {
    byte[] point = new byte[CryptoProvider.POINT_BYTES];
    crypto.verifyKey(publicKey).orElseThrow().point(point);
    return point;
  }

  public byte[] scalar(byte[] seed) {
    byte[] scalar = new byte[CryptoProvider.SCALAR_BYTES];
    crypto.signSeedToScalar(seed, scalar);
    return scalar;
  }

  public byte[] publicKey(byte[] seed) {
    byte[] key = new byte[CryptoProvider.PUBLIC_KEY_BYTES];
    crypto.signPublicKey(seed, key);
    return key;
  }

  public byte[] sign(byte[] seed, byte[] message) {
    byte[] signature = new byte[CryptoProvider.SIGNATURE_BYTES];
    crypto.sign(seed, publicKey(seed), message, signature);
    return signature;
  }

  public byte[] hash(byte[]... parts) {
    byte[] digest = new byte[CryptoProvider.HASH_BYTES];
    crypto.hash(concat(parts), digest);
    return digest;
  }

  /** {@code box[key](nonce 0)(message)}. */
  public byte[] box(byte[] key, byte[] message) {
    byte[] box = concat(new byte[SecretBox.TAG_BYTES], message);
    try (SecretBox secretBox = crypto.secretBox(key)) {
      secretBox.seal(new byte[SecretBox.NONCE_BYTES], box, 0, message.length);
    }
    return box;
  }

  /** Opens {@code box[key](nonce 0)(message)}. */
  public Optional<byte[]> open(byte[] key, byte[] box) {
    byte[] copy = box.clone();
    try (SecretBox secretBox = crypto.secretBox(key)) {
      return secretBox.open(
              new byte[SecretBox.NONCE_BYTES], copy, 0, copy.length - SecretBox.TAG_BYTES)
          ? Optional.of(Arrays.copyOfRange(copy, SecretBox.TAG_BYTES, copy.length))
          : Optional.empty();
    }
  }
}
