package org.secrethandshake.crypto.sodium;

/**
 * The functions of libsodium that the backend uses, under their own names, mapped directly to a
 * library by {@link Loader}.
 *
 * <p>Pointers are raw addresses, which only {@link Scratch} gives; {@code size_t} and {@code
 * unsigned long long} are {@code long}, which holds in a 64-bit process. A {@code byte[]} would be
 * copied by JNA into memory that nobody wipes, and back.
 */
@SuppressWarnings("MemberName") // the names are those of the C symbols
final class Libsodium {
  static final long NULL = 0;

  private Libsodium() {}

  static native int sodium_init();

  static native long sodium_version_string();

  static native void randombytes_buf(long out, long bytes);

  static native int crypto_sign_seed_keypair(long publicKey, long secretKey, long seed);

  static native int crypto_sign_detached(
      long signature, long signatureBytes, long message, long messageBytes, long secretKey);

  static native int crypto_sign_verify_detached(
      long signature, long message, long messageBytes, long publicKey);

  static native int crypto_sign_ed25519_pk_to_curve25519(long point, long publicKey);

  static native int crypto_sign_ed25519_sk_to_curve25519(long scalar, long secretKey);

  static native int crypto_scalarmult_base(long point, long scalar);

  static native int crypto_scalarmult(long shared, long scalar, long point);

  static native int crypto_auth(long tag, long message, long messageBytes, long key);

  static native int crypto_hash_sha256(long digest, long message, long messageBytes);

  static native int crypto_secretbox(
      long box, long message, long paddedBytes, long nonce, long key);

  static native int crypto_secretbox_open(
      long message, long box, long paddedBytes, long nonce, long key);
}
