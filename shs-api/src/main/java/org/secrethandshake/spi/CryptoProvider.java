package org.secrethandshake.spi;

import java.util.Optional;

/**
 * One crypto backend: the primitives of Secret Handshake, from one library.
 *
 * <p>Every provider accepts and rejects exactly the same bytes:
 *
 * <ol>
 *   <li>An Ed25519 public key is valid when its encoding is canonical and it lies in the
 *       prime-order subgroup and is not the identity.
 *   <li>A signature is valid when {@code S < L}, {@code R} meets the same test as a key, and the
 *       verification equation holds.
 *   <li>An X25519 result of 32 zero bytes is refused.
 * </ol>
 *
 * <p>Inputs come first, outputs last. Every array is used whole and has the exact length that its
 * parameter states; any other length is an {@link IllegalArgumentException}, thrown before the
 * library sees the array. A {@code false} or empty answer means that the peer's data is bad. A
 * {@link CryptoProviderException} means that the implementation broke. There is no other outcome.
 *
 * <p>Providers are stateless and thread-safe. The constructor loads nothing native and does not
 * fail: what can go wrong is reported by {@link #unavailability()}. Providers are found by {@link
 * java.util.ServiceLoader}, so each needs a public constructor without parameters, registered in
 * {@code META-INF/services} and with {@code provides} in its module descriptor.
 */
public interface CryptoProvider {
  /** Length of an Ed25519 seed, the secret half of an identity. */
  int SEED_BYTES = 32;

  /** Length of an Ed25519 public key. */
  int PUBLIC_KEY_BYTES = 32;

  /** Length of an Ed25519 signature: {@code R | S}. */
  int SIGNATURE_BYTES = 64;

  /** Length of an X25519 scalar. */
  int SCALAR_BYTES = 32;

  /** Length of an X25519 point, and of a shared secret. */
  int POINT_BYTES = 32;

  /** Length of a key for {@link #auth}. */
  int AUTH_KEY_BYTES = 32;

  /** Length of an {@link #auth} tag. */
  int AUTH_BYTES = 32;

  /** Length of a {@link #hash} digest. */
  int HASH_BYTES = 32;

  /** The provider's stable, lower-case name, such as {@code bouncycastle}. */
  String name();

  /** Library versions and their origin, in one line, for logs and reports. */
  String description();

  /**
   * Loads and links what the provider needs, once, and tells whether that worked.
   *
   * <p>The outcome is remembered. This method never throws. {@link KnownAnswers} uses every
   * operation, and {@link LoadFailure} tells the causes apart that a failure can have.
   *
   * @return empty if every operation can be used; otherwise the cause, whose message says what to
   *     do
   */
  Optional<Throwable> unavailability();

  /**
   * Fills an array with cryptographically strong random bytes.
   *
   * @param out any length
   */
  void randomBytes(byte[] out);

  /**
   * Derives the Ed25519 public key of a seed (RFC 8032, section 5.1.5).
   *
   * @param seed {@value #SEED_BYTES} bytes
   * @param publicKey receives {@value #PUBLIC_KEY_BYTES} bytes
   */
  void signPublicKey(byte[] seed, byte[] publicKey);

  /**
   * Signs a message with Ed25519 (RFC 8032, section 5.1.6).
   *
   * <p>A wrong public key gives a signature that, beside a right one, reveals the secret. So only
   * {@link org.secrethandshake.IdentityKeyPair} calls this, whose public half is always derived.
   *
   * @param seed {@value #SEED_BYTES} bytes
   * @param publicKey the public key of that seed, {@value #PUBLIC_KEY_BYTES} bytes
   * @param message any length
   * @param signature receives {@value #SIGNATURE_BYTES} bytes
   */
  void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature);

  /**
   * Parses and validates an Ed25519 public key. The cost of validation is paid here, once per key.
   *
   * @param publicKey {@value #PUBLIC_KEY_BYTES} bytes, copied
   * @return the key, or empty if it is invalid by the first rule above
   */
  Optional<VerifyKey> verifyKey(byte[] publicKey);

  /**
   * Multiplies the X25519 base point by a scalar (RFC 7748, section 5), which is clamped.
   *
   * @param scalar {@value #SCALAR_BYTES} bytes
   * @param point receives {@value #POINT_BYTES} bytes
   */
  void scalarMultBase(byte[] scalar, byte[] point);

  /**
   * Multiplies an X25519 point by a scalar (RFC 7748, section 5), which is clamped.
   *
   * @param scalar {@value #SCALAR_BYTES} bytes
   * @param point {@value #POINT_BYTES} bytes; the top bit is ignored
   * @param shared receives {@value #POINT_BYTES} bytes, of no use if the answer is {@code false}
   * @return {@code false} if the result is all zero, which is compared in constant time
   */
  boolean scalarMult(byte[] scalar, byte[] point, byte[] shared);

  /**
   * Gives the Ed25519 secret in its X25519 form: the clamped first half of {@code SHA-512(seed)}.
   *
   * @param seed {@value #SEED_BYTES} bytes
   * @param scalar receives {@value #SCALAR_BYTES} bytes
   */
  void signSeedToScalar(byte[] seed, byte[] scalar);

  /**
   * NaCl {@code crypto_auth}: HMAC-SHA-512 truncated to 32 bytes. (HMAC with the hash SHA-512/256
   * is a different function.)
   *
   * @param key {@value #AUTH_KEY_BYTES} bytes
   * @param message any length
   * @param tag receives {@value #AUTH_BYTES} bytes
   */
  void auth(byte[] key, byte[] message, byte[] tag);

  /**
   * SHA-256.
   *
   * @param message any length
   * @param digest receives {@value #HASH_BYTES} bytes
   */
  void hash(byte[] message, byte[] digest);

  /**
   * Creates a secretbox for one key.
   *
   * @param key {@link SecretBox#KEY_BYTES} bytes, copied
   * @return a box that the caller closes
   */
  SecretBox secretBox(byte[] key);
}
