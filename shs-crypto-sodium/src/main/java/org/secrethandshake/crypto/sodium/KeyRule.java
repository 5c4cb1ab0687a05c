package org.secrethandshake.crypto.sodium;

import java.util.Arrays;
import java.util.HexFormat;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;

/**
 * The rule for keys, and what the loaded libsodium leaves of it for us to check.
 *
 * <p>A key is valid when its encoding is canonical and it lies in the prime-order subgroup and is
 * not the identity. {@code crypto_sign_ed25519_pk_to_curve25519} checks most of that; many builds
 * let {@code A + T} with {@code T} of order 2 through (CVE-2025-69277), because they only look
 * whether the {@code x} coordinate of {@code [L](A + T)} is zero. Which faults a build has is found
 * out once, with known keys.
 *
 * <p>Immutable and thread-safe.
 */
final class KeyRule {
  // Honest keys plus a point of order 2, 4 and 8.
  private static final String[] MIXED_KEYS = {
    "b62995355ed415f2f6204f7b2db0171b4e78e5a0ae9a4797859cbe0fefd99297",
    "04b7c66ee9770b5396cae7c8b305e0c7517de7654a1fc8100ba99586109d92ec",
    "3fc598f929281652ed8d4d4d7aa36b8acaccc4d9b7abd7c370292d805794af58",
  };

  private static final byte[] HONEST_KEY =
      bytes("d08af5422e91d95fa03018d95a8a870a9270be0b7289f7b281a7cf221cf23db6");
  private static final byte[] HONEST_MESSAGE =
      bytes("234edc76e1d05ada4d436e76cfe63483e23ba127926329c5721bcba538a563b5");
  private static final byte[] HONEST_SIGNATURE =
      bytes(
          "f4c91975fc38c4111dc3a4be6e8046d46f9fc220f09b195f495541415de0b7c1"
              + "3f516508230ff9bfa5f29b53ca805cc969f6c2f752ea21a8bd7b6010e7daff0b");

  // Valid but for a point of order 2 added to R: the cofactored equation holds.
  private static final byte[] MIXED_R_KEY =
      bytes("37d66acaa12bea0d09dfb084d24fe8e4b1871a5f5165b8687a6341f010266d68");
  private static final byte[] MIXED_R_MESSAGE =
      bytes("a72837afbd9b6820f317f19409c126cab6625ea3856ee848823558d5667e9dea");
  private static final byte[] MIXED_R_SIGNATURE =
      bytes(
          "d345f617c380e516266541875c2e6bd08ce882c268edc3f041ff5c4e9a89fe92"
              + "47a0ca6e3da3ed319ee96d53b531b2f74968f3c69b059af21540d8e8a9c3c304");

  /** {@code L - 1}, little-endian. */
  private static final byte[] MINUS_ONE =
      bytes("ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

  private static final int SIGN_BIT = 0x80;
  private static final int LAST = CryptoProvider.PUBLIC_KEY_BYTES - 1;

  private final boolean checksSubgroup;
  private final boolean checksR;

  private KeyRule(boolean checksSubgroup, boolean checksR) {
    this.checksSubgroup = checksSubgroup;
    this.checksR = checksR;
  }

  /**
   * Finds out what the loaded library leaves to check.
   *
   * @throws CryptoProviderException if it refuses what is honest
   */
  static KeyRule ofLoadedLibrary() {
    KeyRule trusting = new KeyRule(false, false);
    byte[] point = new byte[CryptoProvider.POINT_BYTES];
    if (!trusting.toPoint(HONEST_KEY, point)
        || !trusting.verify(HONEST_KEY, HONEST_MESSAGE, HONEST_SIGNATURE)) {
      throw new CryptoProviderException(
          "The self-test of libsodium failed: it refuses an honest key or signature.");
    }
    boolean subgroupLeft =
        Arrays.stream(MIXED_KEYS).anyMatch(key -> trusting.toPoint(bytes(key), point));
    return new KeyRule(
        subgroupLeft, trusting.verify(MIXED_R_KEY, MIXED_R_MESSAGE, MIXED_R_SIGNATURE));
  }

  /**
   * Validates a key and converts it to its X25519 form.
   *
   * @return {@code false} if the rule refuses the key
   */
  boolean toPoint(byte[] publicKey, byte[] point) {
    if (!FieldElement.isCanonicalWithX(publicKey)) {
      return false;
    }
    try (Scratch scratch = Scratch.borrow(0)) {
      long key = scratch.copyOf(publicKey);
      long result = scratch.room(point.length);
      if (!Library.accepted(
          Libsodium.crypto_sign_ed25519_pk_to_curve25519(result, key), "convert a key")) {
        return false;
      }
      scratch.read(result, point);
      return !checksSubgroup || isOfPrimeOrder(scratch, key, publicKey);
    }
  }

  /** {@code [L-1]A = -A} says that {@code [L]A} is the identity. Signs are one bit of {@code x}. */
  private static boolean isOfPrimeOrder(Scratch scratch, long key, byte[] publicKey) {
    long minusOne = scratch.copyOf(MINUS_ONE);
    long result = scratch.room(publicKey.length);
    if (!Library.accepted(
        Libsodium.crypto_scalarmult_ed25519_noclamp(result, minusOne, key), "multiply a key")) {
      return false;
    }
    byte[] negated = new byte[publicKey.length];
    scratch.read(result, negated);
    negated[LAST] ^= (byte) SIGN_BIT;
    return Arrays.equals(negated, publicKey);
  }

  /** Verifies a signature of a valid key. */
  boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    return verifies(publicKey, message, signature) && (!checksR || isValidR(signature));
  }

  private static boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
    try (Scratch scratch = Scratch.borrow(message.length)) {
      return Library.accepted(
          Libsodium.crypto_sign_verify_detached(
              scratch.copyOf(signature),
              scratch.copyOf(message),
              message.length,
              scratch.copyOf(publicKey)),
          "verify");
    }
  }

  private boolean isValidR(byte[] signature) {
    byte[] r = Arrays.copyOf(signature, CryptoProvider.PUBLIC_KEY_BYTES);
    return toPoint(r, new byte[CryptoProvider.POINT_BYTES]);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
