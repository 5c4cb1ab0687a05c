package org.secrethandshake;

import java.util.Arrays;
import java.util.Base64;
import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.CryptoProvider;

/**
 * The public half of an identity: an Ed25519 public key, {@code A_p} or {@code B_p} in the protocol
 * guide.
 *
 * <p>Only its length is checked here. Whether it is a valid key is decided where it is used: when a
 * server's key is configured for dialling, or when a client presents it. Immutable, thread-safe,
 * and a value: equal bytes are equal keys.
 *
 * <p>The protocol hides identities from third parties, so think twice before logging one.
 */
public final class IdentityKey {
  /** Length of an identity key. */
  public static final int BYTES = CryptoProvider.PUBLIC_KEY_BYTES;

  private static final String PREFIX = "@";
  private static final String SUFFIX = ".ed25519";

  private final byte[] key;

  private IdentityKey(byte[] key) {
    this.key = key;
  }

  /**
   * Takes a copy of the given bytes.
   *
   * @throws IllegalArgumentException unless they are {@value #BYTES}
   */
  public static IdentityKey of(byte[] key) {
    Arguments.requireLength(key, BYTES, "identity key");
    return new IdentityKey(key.clone());
  }

  /**
   * Reads {@code @BASE64.ed25519}, or the bare base64 that multiserver addresses hold.
   *
   * @throws IllegalArgumentException if the text is neither, or its base64 is not the canonical one
   *     of {@value #BYTES} bytes
   */
  public static IdentityKey parse(String text) {
    boolean decorated = text.startsWith(PREFIX) && text.endsWith(SUFFIX);
    String base64 =
        decorated ? text.substring(PREFIX.length(), text.length() - SUFFIX.length()) : text;
    try {
      IdentityKey key = of(Base64.getDecoder().decode(base64));
      if (key.toBase64().equals(base64)) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      // Reported below together with a non-canonical encoding.
    }
    throw new IllegalArgumentException(
        "a public key is written @BASE64.ed25519, with the padded base64 of " + BYTES + " bytes");
  }

  /** Returns a copy of the key's bytes. */
  public byte[] bytes() {
    return key.clone();
  }

  /** Returns the key as padded base64, the form inside multiserver addresses. */
  public String toBase64() {
    return Base64.getEncoder().encodeToString(key);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IdentityKey that && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  /** Returns {@code @BASE64.ed25519}. */
  @Override
  public String toString() {
    return PREFIX + toBase64() + SUFFIX;
  }
}
