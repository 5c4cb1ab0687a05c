package org.secrethandshake.crypto.sodium;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.secrethandshake.crypto.primitives.PrimeOrder;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;

/**
 * The rule for keys and signatures, and which part of it the loaded libsodium keeps.
 *
 * <p>A key is valid when its encoding is canonical and it lies in the prime-order subgroup and is
 * not the identity. {@code crypto_sign_ed25519_pk_to_curve25519} checks that, but many builds let
 * {@code A + T} with {@code T} of order 2 through (CVE-2025-69277), because all they look at is
 * whether the {@code x} coordinate of {@code [L](A + T)} is zero. With such a build, {@link
 * PrimeOrder} decides by itself. A signature by a valid key needs no more than libsodium's
 * comparison of {@code R}, byte by byte, with what it computes; should a build verify the
 * cofactored equation, {@code R} has to meet the rule for keys too. What the build does is found
 * out once, with known keys and signatures.
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

  private final boolean ownSubgroupCheck;
  private final boolean checksR;

  /** For {@link #ofLoadedLibrary()}, and for tests of what no library does yet. */
  KeyRule(boolean ownSubgroupCheck, boolean checksR) {
    this.ownSubgroupCheck = ownSubgroupCheck;
    this.checksR = checksR;
  }

  /**
   * Finds out what the loaded library leaves to check.
   *
   * @throws CryptoProviderException if it refuses what is honest, or if our own check does not work
   */
  static KeyRule ofLoadedLibrary() {
    boolean refusesHonest =
        !Arrays.equals(
                libraryPoint(HONEST_KEY).orElseThrow(KeyRule::wrong),
                PrimeOrder.toMontgomery(HONEST_KEY).orElseThrow(KeyRule::wrong))
            || !verifies(HONEST_KEY, HONEST_MESSAGE, HONEST_SIGNATURE);
    boolean ownCheckFails =
        Arrays.stream(MIXED_KEYS).anyMatch(key -> PrimeOrder.toMontgomery(bytes(key)).isPresent());
    if (refusesHonest || ownCheckFails) {
      throw wrong();
    }
    return new KeyRule(
        Arrays.stream(MIXED_KEYS).anyMatch(key -> libraryPoint(bytes(key)).isPresent()),
        verifies(MIXED_R_KEY, MIXED_R_MESSAGE, MIXED_R_SIGNATURE));
  }

  private static CryptoProviderException wrong() {
    return new CryptoProviderException(
        "The self-test of the crypto backend sodium failed: it is wrong about a known key or"
            + " signature.");
  }

  /**
   * Validates a key and converts it to its X25519 form.
   *
   * @return the form, or empty if the rule refuses the key
   */
  Optional<byte[]> toPoint(byte[] publicKey) {
    return ownSubgroupCheck ? PrimeOrder.toMontgomery(publicKey) : libraryPoint(publicKey);
  }

  // Not every build checks that the encoding is canonical, so that is always our part.
  private static Optional<byte[]> libraryPoint(byte[] publicKey) {
    if (!PrimeOrder.isCanonicalWithX(publicKey)) {
      return Optional.empty();
    }
    try (Scratch scratch = Scratch.borrow(0)) {
      long result = scratch.room(CryptoProvider.POINT_BYTES);
      boolean accepted =
          LoadedLibsodium.accepted(
              Libsodium.crypto_sign_ed25519_pk_to_curve25519(result, scratch.copyOf(publicKey)),
              "convert a key");
      byte[] point = new byte[CryptoProvider.POINT_BYTES];
      scratch.read(result, point);
      return accepted ? Optional.of(point) : Optional.empty();
    }
  }

  /** Verifies a signature of a valid key. */
  boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    return verifies(publicKey, message, signature) && (!checksR || isValidR(signature));
  }

  private static boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
    try (Scratch scratch = Scratch.borrow(message.length)) {
      return LoadedLibsodium.accepted(
          Libsodium.crypto_sign_verify_detached(
              scratch.copyOf(signature),
              scratch.copyOf(message),
              message.length,
              scratch.copyOf(publicKey)),
          "verify");
    }
  }

  private boolean isValidR(byte[] signature) {
    return toPoint(Arrays.copyOf(signature, CryptoProvider.PUBLIC_KEY_BYTES)).isPresent();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
