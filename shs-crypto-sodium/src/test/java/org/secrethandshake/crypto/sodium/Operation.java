package org.secrethandshake.crypto.sodium;

import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;

/**
 * What a provider is asked for, one call each; what it does with all-zero values does not matter.
 */
enum Operation {
  RANDOM_BYTES("randombytes_buf", "") {
    @Override
    void run(CryptoProvider crypto) {
      crypto.randomBytes(new byte[9]);
    }
  },
  SIGN_PUBLIC_KEY("crypto_sign_seed_keypair", "derive a public key") {
    @Override
    void run(CryptoProvider crypto) {
      crypto.signPublicKey(
          new byte[CryptoProvider.SEED_BYTES], new byte[CryptoProvider.PUBLIC_KEY_BYTES]);
    }
  },
  SIGN("crypto_sign_detached", "sign") {
    @Override
    void run(CryptoProvider crypto) {
      crypto.sign(
          new byte[CryptoProvider.SEED_BYTES],
          new byte[CryptoProvider.PUBLIC_KEY_BYTES],
          new byte[9],
          new byte[CryptoProvider.SIGNATURE_BYTES]);
    }
  },
  SCALAR_MULT_BASE("crypto_scalarmult_base", "multiply the base point") {
    @Override
    void run(CryptoProvider crypto) {
      crypto.scalarMultBase(
          new byte[CryptoProvider.SCALAR_BYTES], new byte[CryptoProvider.POINT_BYTES]);
    }
  },
  SCALAR_MULT("crypto_scalarmult", "multiply a point") {
    @Override
    void run(CryptoProvider crypto) {
      crypto.scalarMult(
          new byte[CryptoProvider.SCALAR_BYTES],
          new byte[CryptoProvider.POINT_BYTES],
          new byte[CryptoProvider.POINT_BYTES]);
    }
  },
  SIGN_SEED_TO_SCALAR("crypto_sign_ed25519_sk_to_curve25519", "convert a seed") {
    @Override
    void run(CryptoProvider crypto) {
      crypto.signSeedToScalar(
          new byte[CryptoProvider.SEED_BYTES], new byte[CryptoProvider.SCALAR_BYTES]);
    }
  },
  AUTH("crypto_auth", "authenticate") {
    @Override
    void run(CryptoProvider crypto) {
      crypto.auth(
          new byte[CryptoProvider.AUTH_KEY_BYTES],
          new byte[9],
          new byte[CryptoProvider.AUTH_BYTES]);
    }
  },
  HASH("crypto_hash_sha256", "hash") {
    @Override
    void run(CryptoProvider crypto) {
      crypto.hash(new byte[9], new byte[CryptoProvider.HASH_BYTES]);
    }
  },
  SEAL("crypto_secretbox", "seal a box") {
    @Override
    void run(CryptoProvider crypto) {
      try (SecretBox boxes = crypto.secretBox(new byte[SecretBox.KEY_BYTES])) {
        boxes.seal(new byte[SecretBox.NONCE_BYTES], new byte[BOX_BYTES], 0, MESSAGE_BYTES);
      }
    }
  },
  OPEN("crypto_secretbox_open", "open a box") {
    @Override
    void run(CryptoProvider crypto) {
      try (SecretBox boxes = crypto.secretBox(new byte[SecretBox.KEY_BYTES])) {
        boxes.open(new byte[SecretBox.NONCE_BYTES], new byte[BOX_BYTES], 0, MESSAGE_BYTES);
      }
    }
  };

  /** More than is boxed in Java. */
  private static final int MESSAGE_BYTES = 4096;

  private static final int BOX_BYTES = SecretBox.TAG_BYTES + MESSAGE_BYTES;

  /** The function of libsodium that does it. */
  final String function;

  /** What that is for, in the words of the error; empty if it cannot fail. */
  final String purpose;

  Operation(String function, String purpose) {
    this.function = function;
    this.purpose = purpose;
  }

  abstract void run(CryptoProvider crypto);
}
