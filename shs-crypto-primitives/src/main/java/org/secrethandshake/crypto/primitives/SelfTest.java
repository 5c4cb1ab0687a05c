package org.secrethandshake.crypto.primitives;

import java.util.Arrays;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;

/** Calls every operation of a provider and checks that the answers agree with each other. */
final class SelfTest {
  private final CryptoProvider crypto;
  private final byte[] seed = new byte[CryptoProvider.SEED_BYTES];
  private final byte[] publicKey = new byte[CryptoProvider.PUBLIC_KEY_BYTES];
  private final byte[] message = new byte[CryptoProvider.HASH_BYTES];

  private SelfTest(CryptoProvider crypto) {
    this.crypto = crypto;
  }

  /**
   * Runs the test, in some milliseconds.
   *
   * @throws CryptoProviderException if answers disagree
   */
  static void run(CryptoProvider crypto) {
    SelfTest test = new SelfTest(crypto);
    crypto.randomBytes(test.message);
    crypto.signPublicKey(test.seed, test.publicKey);
    VerifyKey key =
        crypto
            .verifyKey(test.publicKey)
            .orElseThrow(() -> new CryptoProviderException("A derived key was called invalid."));
    test.signatureVerifies(key);
    test.curveFormsAgree(key);
    test.digestsDiffer();
    test.boxOpens();
  }

  private void signatureVerifies(VerifyKey key) {
    byte[] signature = new byte[CryptoProvider.SIGNATURE_BYTES];
    crypto.sign(seed, publicKey, message, signature);
    require(key.verify(message, signature), "A signature did not verify.");
  }

  // aB = x25519(curve(A), B_p) and x25519(B, curve(A_p)) are one secret.
  private void curveFormsAgree(VerifyKey key) {
    byte[] point = new byte[CryptoProvider.POINT_BYTES];
    byte[] scalar = new byte[CryptoProvider.SCALAR_BYTES];
    byte[] otherPoint = new byte[CryptoProvider.POINT_BYTES];
    byte[] shared = new byte[CryptoProvider.POINT_BYTES];
    byte[] sameShared = new byte[CryptoProvider.POINT_BYTES];
    key.point(point);
    crypto.signSeedToScalar(seed, scalar);
    crypto.scalarMultBase(message, otherPoint);
    boolean agreed =
        crypto.scalarMult(message, point, shared)
            && crypto.scalarMult(scalar, otherPoint, sameShared)
            && Arrays.equals(shared, sameShared);
    require(agreed, "The two sides of an X25519 agreement differ.");
  }

  private void digestsDiffer() {
    byte[] tag = new byte[CryptoProvider.AUTH_BYTES];
    byte[] digest = new byte[CryptoProvider.HASH_BYTES];
    crypto.auth(seed, message, tag);
    crypto.hash(message, digest);
    require(!Arrays.equals(tag, digest), "A tag and a digest are the same.");
  }

  private void boxOpens() {
    byte[] nonce = new byte[SecretBox.NONCE_BYTES];
    byte[] array = new byte[SecretBox.TAG_BYTES + message.length];
    System.arraycopy(message, 0, array, SecretBox.TAG_BYTES, message.length);
    try (SecretBox box = crypto.secretBox(seed)) {
      box.seal(nonce, array, 0, message.length);
      require(box.open(nonce, array, 0, message.length), "A box did not open.");
    }
    byte[] opened = Arrays.copyOfRange(array, SecretBox.TAG_BYTES, array.length);
    require(Arrays.equals(opened, message), "A box holds another message.");
  }

  private static void require(boolean truth, String otherwise) {
    if (!truth) {
      throw new CryptoProviderException(otherwise);
    }
  }
}
