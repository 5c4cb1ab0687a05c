package org.secrethandshake.handshake;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;

/**
 * The notation of the protocol guide over one backend, in which {@link ClientProtocol} and {@link
 * ServerProtocol} write their formulas. Parts in a row are concatenated, which the guide writes
 * {@code |}.
 *
 * <p>Every result is kept by the {@link Secrets} that are given, and wiped with them.
 */
final class Notation {
  private static final byte[] NONCE_0 = new byte[SecretBox.NONCE_BYTES];

  private final CryptoProvider crypto;
  private final Secrets secrets;

  Notation(CryptoProvider crypto, Secrets secrets) {
    this.crypto = crypto;
    this.secrets = secrets;
  }

  /** A fresh ephemeral scalar: the one random value of a side. */
  byte[] randomScalar() {
    byte[] scalar = secrets.keep(new byte[CryptoProvider.SCALAR_BYTES]);
    crypto.randomBytes(scalar);
    return scalar;
  }

  /** {@code a_p} of {@code a}. */
  byte[] point(byte[] scalar) {
    byte[] point = new byte[CryptoProvider.POINT_BYTES];
    crypto.scalarMultBase(scalar, point);
    return point;
  }

  /** {@code curve(A)}: an identity's secret half as an X25519 scalar. */
  byte[] curve(IdentityKeyPair identity) {
    byte[] scalar = secrets.keep(new byte[CryptoProvider.SCALAR_BYTES]);
    identity.exportScalar(scalar);
    return scalar;
  }

  /** {@code curve(A_p)}: a validated public key as an X25519 point. */
  static byte[] curve(VerifyKey key) {
    byte[] point = new byte[CryptoProvider.POINT_BYTES];
    key.point(point);
    return point;
  }

  /**
   * {@code x25519(scalar, point)}.
   *
   * @throws HandshakeException {@code LOW_ORDER} for a secret of zeros. That is tested here, too,
   *     because nothing may depend on the backend's diligence only
   */
  byte[] x25519(byte[] scalar, byte[] point) throws HandshakeException {
    byte[] shared = secrets.keep(new byte[CryptoProvider.POINT_BYTES]);
    boolean accepted = crypto.scalarMult(scalar, point, shared);
    if (!accepted || Bytes.isZero(shared)) {
      throw new HandshakeException(
          Reason.LOW_ORDER,
          "A shared secret came out as zero: the peer sent a key of low order, which no honest peer"
              + " does.");
    }
    return shared;
  }

  /** {@code auth_K(point)}. */
  byte[] auth(byte[] key, byte[] point) {
    byte[] tag = new byte[CryptoProvider.AUTH_BYTES];
    crypto.auth(key, point, tag);
    return tag;
  }

  /** {@code hash(part | part | ...)}. */
  byte[] hash(byte[]... parts) {
    byte[] digest = secrets.keep(new byte[CryptoProvider.HASH_BYTES]);
    crypto.hash(secrets.keep(Bytes.concat(parts)), digest);
    return digest;
  }

  /** {@code sign_A(part | part | ...)}. */
  byte[] sign(IdentityKeyPair identity, byte[]... parts) {
    byte[] signature = secrets.keep(new byte[CryptoProvider.SIGNATURE_BYTES]);
    identity.sign(secrets.keep(Bytes.concat(parts)), signature);
    return signature;
  }

  /** Whether {@code signature} is {@code sign_A(part | part | ...)}. */
  boolean isSignature(byte[] signature, VerifyKey signer, byte[]... parts) {
    return Encodings.isSafeSignature(signature)
        && signer.verify(secrets.keep(Bytes.concat(parts)), signature);
  }

  /** {@code box[key](nonce 0)(message)}. The nonce is safe because each key seals one message. */
  byte[] box(byte[] key, byte[] message) {
    byte[] box = secrets.keep(new byte[SecretBox.TAG_BYTES + message.length]);
    System.arraycopy(message, 0, box, SecretBox.TAG_BYTES, message.length);
    try (SecretBox sealing = crypto.secretBox(key)) {
      sealing.seal(NONCE_0, box, 0, message.length);
    }
    return box;
  }

  /** The message of {@code box[key](nonce 0)(message)}; empty if the box is not authentic. */
  Optional<byte[]> unbox(byte[] key, byte[] box) {
    byte[] opened = secrets.keep(box.clone());
    try (SecretBox opening = crypto.secretBox(key)) {
      return opening.open(NONCE_0, opened, 0, opened.length - SecretBox.TAG_BYTES)
          ? Optional.of(secrets.keep(tail(opened, SecretBox.TAG_BYTES)))
          : Optional.empty();
    }
  }

  /** The ephemeral key of the peer's hello, {@code auth_K(key) | key}. */
  byte[] ephemeralOf(byte[] hello, Message message, byte[] networkKey) throws HandshakeException {
    byte[] tag = Arrays.copyOf(hello, CryptoProvider.AUTH_BYTES);
    byte[] ephemeral = tail(hello, CryptoProvider.AUTH_BYTES);
    if (!MessageDigest.isEqual(tag, auth(networkKey, ephemeral))) {
      throw new HandshakeException(
          Reason.WRONG_NETWORK,
          "The %s was not made with our network key: the peer belongs to another network, or does"
                  .formatted(message)
              + " not speak this protocol.");
    }
    return ephemeral;
  }

  /**
   * Refuses our own ephemeral key coming back. X25519 ignores the top bit, so two encodings that
   * differ only there are one key.
   */
  static void requireNotReflected(byte[] theirs, byte[] ours) throws HandshakeException {
    int last = ours.length - 1;
    if (Arrays.equals(theirs, 0, last, ours, 0, last)
        && ((theirs[last] ^ ours[last]) & 0x7f) == 0) {
      throw new HandshakeException(
          Reason.REFLECTED,
          "The peer sent our own ephemeral key back in its hello: somebody reflects our messages.");
    }
  }

  /** The first nonce of a direction: the beginning of its receiver's hello. */
  static byte[] nonceOf(byte[] hello) {
    return Arrays.copyOf(hello, SecretBox.NONCE_BYTES);
  }

  /** What follows the first bytes. */
  static byte[] tail(byte[] whole, int offset) {
    return Arrays.copyOfRange(whole, offset, whole.length);
  }
}
