package org.secrethandshake.spi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The self-test of a provider: every operation once, each against an answer that others have
 * published. It takes some milliseconds.
 *
 * <p>It is meant for {@link CryptoProvider#unavailability()}, where a library shows that lacks a
 * function or computes something else, and for programs that show backends. It is no proof: that is
 * the contract of the testkit.
 */
public final class KnownAnswers {
  private static final HexFormat HEX = HexFormat.of();

  private static final String NACL_KEY =
      "1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389";
  private static final String NACL_NONCE = "69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37";
  private static final String NACL_MESSAGE =
      "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d4"
          + "5e6c61296cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1"
          + "318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f93776384864"
          + "5e0705";
  private static final String NACL_BOX =
      "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c5"
          + "31a1186ac0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7"
          + "cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b3"
          + "7973f622a43d14a6599b1f654cb45a74e355a5";

  private final CryptoProvider crypto;

  private KnownAnswers(CryptoProvider crypto) {
    this.crypto = crypto;
  }

  /**
   * Uses every operation and compares.
   *
   * @return the name of the first algorithm whose answer is wrong, such as {@code Ed25519}, or
   *     empty; what the provider throws is passed on
   */
  public static Optional<String> firstWrong(CryptoProvider crypto) {
    KnownAnswers answers = new KnownAnswers(crypto);
    // Plain conditions: whoever starts a program waits for this, and a first lambda takes longer.
    if (!answers.ed25519()) {
      return Optional.of("Ed25519");
    }
    if (!answers.curveForms()) {
      return Optional.of("the X25519 form of an Ed25519 key");
    }
    if (!answers.x25519()) {
      return Optional.of("X25519");
    }
    if (!answers.auth()) {
      return Optional.of("HMAC-SHA-512");
    }
    if (!answers.hash()) {
      return Optional.of("SHA-256");
    }
    if (!answers.secretBox() || !answers.longSecretBox()) {
      return Optional.of("XSalsa20-Poly1305");
    }
    return answers.randomBytes() ? Optional.empty() : Optional.of("the source of random bytes");
  }

  /** RFC 8032, section 7.1, test 1: the empty message; and its S plus 2^255, which is refused. */
  private boolean ed25519() {
    byte[] seed = bytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    byte[] message = new byte[0];
    byte[] publicKey = new byte[CryptoProvider.PUBLIC_KEY_BYTES];
    byte[] signature = new byte[CryptoProvider.SIGNATURE_BYTES];
    crypto.signPublicKey(seed, publicKey);
    crypto.sign(seed, publicKey, message, signature);
    boolean isRight =
        is("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", publicKey)
            && is(
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
                    + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
                signature);
    Optional<VerifyKey> key = crypto.verifyKey(publicKey);
    if (!isRight || key.isEmpty() || !key.get().verify(message, signature)) {
      return false;
    }
    signature[CryptoProvider.SIGNATURE_BYTES - 1] ^= (byte) 0x80;
    return !key.get().verify(message, signature);
  }

  /** libsodium, test/default/ed25519_convert.c and .exp. */
  private boolean curveForms() {
    byte[] seed = bytes("421151a459faeade3d247115f94aedae42318124095afabe4d1451a559faedee");
    byte[] publicKey = bytes("b5076a8474a832daee4dd5b4040983b6623b5f344aca57d4d6ee4baf3f259e6e");
    byte[] point = new byte[CryptoProvider.POINT_BYTES];
    byte[] scalar = new byte[CryptoProvider.SCALAR_BYTES];
    Optional<VerifyKey> key = crypto.verifyKey(publicKey);
    if (key.isEmpty()) {
      return false;
    }
    key.get().point(point);
    crypto.signSeedToScalar(seed, scalar);
    return is("f1814f0e8ff1043d8a44d25babff3cedcae6c22c3edaa48f857ae70de2baae50", point)
        && is("8052030376d47112be7f73ed7a019293dd12ad910b654455798b4667d73de166", scalar);
  }

  /** RFC 7748, section 6.1, and its all-zero result, which is refused. */
  private boolean x25519() {
    byte[] scalar = bytes("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    byte[] point = bytes("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    byte[] ownPoint = new byte[CryptoProvider.POINT_BYTES];
    byte[] shared = new byte[CryptoProvider.POINT_BYTES];
    crypto.scalarMultBase(scalar, ownPoint);
    return is("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a", ownPoint)
        && crypto.scalarMult(scalar, point, shared)
        && is("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742", shared)
        && !crypto.scalarMult(scalar, new byte[CryptoProvider.POINT_BYTES], shared);
  }

  /** RFC 4231, test case 2; HMAC pads its key with zeros, and NaCl cuts the tag. */
  private boolean auth() {
    byte[] key = Arrays.copyOf(ascii("Jefe"), CryptoProvider.AUTH_KEY_BYTES);
    byte[] tag = new byte[CryptoProvider.AUTH_BYTES];
    crypto.auth(key, ascii("what do ya want for nothing?"), tag);
    return is("164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554", tag);
  }

  /** FIPS 180-4, the example "abc". */
  private boolean hash() {
    byte[] digest = new byte[CryptoProvider.HASH_BYTES];
    crypto.hash(ascii("abc"), digest);
    return is("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", digest);
  }

  /** "Cryptography in NaCl", sections 8 to 10 (NaCl's tests/secretbox.c). */
  private boolean secretBox() {
    byte[] key = bytes(NACL_KEY);
    byte[] nonce = bytes(NACL_NONCE);
    byte[] box = bytes("00".repeat(SecretBox.TAG_BYTES) + NACL_MESSAGE);
    int length = box.length - SecretBox.TAG_BYTES;
    try (SecretBox secretBox = crypto.secretBox(key)) {
      secretBox.seal(nonce, box, 0, length);
      byte[] altered = box.clone();
      altered[0] ^= 1;
      return is(NACL_BOX, box)
          && !secretBox.open(nonce, altered, 0, length)
          && secretBox.open(nonce, box, 0, length)
          && is(NACL_MESSAGE, Arrays.copyOfRange(box, SecretBox.TAG_BYTES, box.length));
    }
  }

  /**
   * SHA-256 of the box of zeros that libsodium 1.0.18 makes under the key and nonce above: so long
   * that implementations which compute many blocks at once do so, and end within a block.
   */
  private boolean longSecretBox() {
    int length = 1000;
    byte[] box = new byte[SecretBox.TAG_BYTES + length];
    byte[] digest = new byte[CryptoProvider.HASH_BYTES];
    try (SecretBox secretBox = crypto.secretBox(bytes(NACL_KEY))) {
      secretBox.seal(bytes(NACL_NONCE), box, 0, length);
      crypto.hash(box, digest);
      return is("ce578eec3e5eb8d923ea7b8ede7dd3c7a7c8b5a9d597c593a7a5ca0f8420193b", digest)
          && secretBox.open(bytes(NACL_NONCE), box, 0, length)
          && Arrays.equals(
              new byte[length], Arrays.copyOfRange(box, SecretBox.TAG_BYTES, box.length));
    }
  }

  /** No published answer, but two draws of 32 bytes are never alike. */
  private boolean randomBytes() {
    byte[] one = new byte[32];
    byte[] other = new byte[32];
    crypto.randomBytes(one);
    crypto.randomBytes(other);
    return !Arrays.equals(one, other);
  }

  private static boolean is(String expectedHex, byte[] actual) {
    return Arrays.equals(bytes(expectedHex), actual);
  }

  private static byte[] bytes(String hex) {
    return HEX.parseHex(hex);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
