package org.secrethandshake.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.spi.CryptoProvider;

/**
 * What a key file says about an identity: {@code private} is the seed and the public key, {@code
 * public} and, where it names an Ed25519 key, {@code id} repeat the public key. So every key in it
 * can be checked against the seed.
 */
final class SecretFileFormat {
  private static final String CURVE = "ed25519";
  private static final String SIGNS = "@%&";
  private static final String NOT_DERIVED = " is not the one that its seed derives";
  private static final byte[] SUFFIX = ascii("." + CURVE);
  private static final int PRIVATE_BYTES = IdentityKeyPair.SEED_BYTES + IdentityKey.BYTES;

  private static final String BEFORE_PRIVATE =
      """
      # SECRET: whoever reads this file can act as its owner.
      # Do not share it, do not edit it, and do not use it on two devices.
      #
      {
        "curve": "ed25519",
        "public": "%1$s.ed25519",
        "private": "\
      """;
  private static final String AFTER_PRIVATE =
      """
      .ed25519",
        "id": "@%1$s.ed25519"
      }
      #
      # Only this, the public key, may be shown to others:
      #
      #   @%1$s.ed25519
      """;

  private SecretFileFormat() {}

  /** Returns the content of the identity's file, which the caller wipes. */
  static byte[] write(IdentityKeyPair identity) {
    IdentityKey publicKey = identity.publicKey();
    byte[] seed = identity.exportSeed();
    byte[] secret = concat(seed, publicKey.bytes());
    byte[] base64 = Base64.getEncoder().encode(secret);
    try {
      byte[] before = ascii(BEFORE_PRIVATE.formatted(publicKey.toBase64()));
      byte[] after = ascii(AFTER_PRIVATE.formatted(publicKey.toBase64()));
      return concat(before, base64, after);
    } finally {
      wipe(seed, secret, base64);
    }
  }

  /** Returns what a file holds; the caller closes both the reader and the identity. */
  static IdentityKeyPair read(SecretFileReader reader, CryptoProvider crypto)
      throws InvalidSecretFileException {
    reader.read(List.of("curve", "public", "private", "id"));
    byte[] curve = reader.optional("curve").orElse(ascii(CURVE));
    if (!Arrays.equals(curve, ascii(CURVE))) {
      throw reader.invalid("its curve is not " + CURVE);
    }
    byte[] publicKey = key(reader, "public", IdentityKey.BYTES);
    byte[] secret = key(reader, "private", PRIVATE_BYTES);
    byte[] seed = Arrays.copyOf(secret, IdentityKeyPair.SEED_BYTES);
    byte[] secondHalf = Arrays.copyOfRange(secret, seed.length, secret.length);
    try (IdentityKeyPair identity = IdentityKeyPair.fromSeed(crypto, seed)) {
      byte[] derived = identity.publicKey().bytes();
      requireDerived(derived, secondHalf, "the second half of its private key", reader);
      requireDerived(derived, publicKey, "its public key", reader);
      requireId(identity.publicKey(), reader);
      return identity.copy(crypto);
    } finally {
      wipe(secret, seed);
    }
  }

  private static byte[] key(SecretFileReader reader, String field, int bytes)
      throws InvalidSecretFileException {
    byte[] text = reader.value(field);
    int base64 = Math.max(0, text.length - SUFFIX.length);
    byte[] bare = Arrays.copyOf(text, base64);
    try {
      boolean suffixed = Arrays.equals(text, base64, text.length, SUFFIX, 0, SUFFIX.length);
      Optional<byte[]> key = suffixed ? CanonicalBase64.decode(bare, bytes) : Optional.empty();
      if (key.isEmpty()) {
        throw reader.invalid(
            "its field '"
                + field
                + "' is not the padded base64 of "
                + bytes
                + " bytes and ."
                + CURVE);
      }
      return key.get();
    } finally {
      wipe(bare);
    }
  }

  /**
   * Checks an id that names an Ed25519 key, with or without its {@code @}. Others that begin with
   * no sign of Scuttlebutt are skipped, as {@code ssb-keys} does: old versions wrote a hash of the
   * key there, newer ones may write an {@code ssb:} URI.
   */
  private static void requireId(IdentityKey publicKey, SecretFileReader reader)
      throws InvalidSecretFileException {
    String id = new String(reader.optional("id").orElse(new byte[0]), StandardCharsets.US_ASCII);
    boolean signed = !id.isEmpty() && SIGNS.indexOf(id.charAt(0)) >= 0;
    String whole = signed ? id : "@" + id;
    if ((signed || id.endsWith("." + CURVE)) && !whole.equals(publicKey.toString())) {
      throw reader.invalid("its id" + NOT_DERIVED);
    }
  }

  private static void requireDerived(
      byte[] derived, byte[] stated, String name, SecretFileReader reader)
      throws InvalidSecretFileException {
    if (!Arrays.equals(derived, stated)) {
      throw reader.invalid(name + NOT_DERIVED);
    }
  }

  private static byte[] concat(byte[]... parts) {
    ByteBuffer whole = ByteBuffer.allocate(Stream.of(parts).mapToInt(part -> part.length).sum());
    Stream.of(parts).forEach(whole::put);
    return whole.array();
  }

  private static void wipe(byte[]... secrets) {
    for (byte[] secret : secrets) {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
