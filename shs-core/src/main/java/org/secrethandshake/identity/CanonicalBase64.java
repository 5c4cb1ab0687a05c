package org.secrethandshake.identity;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Reads the one padded base64 text that stands for a value of known length.
 *
 * <p>Decoders let unused bits and missing padding pass, so one key would have many spellings. Texts
 * are byte arrays because some of them are secret and are wiped after use.
 */
final class CanonicalBase64 {
  private CanonicalBase64() {}

  /** Returns the value, which the caller wipes if it is secret; empty for any other spelling. */
  static Optional<byte[]> decode(byte[] text, int bytes) {
    if (text.length != encodedLength(bytes)) {
      return Optional.empty();
    }
    byte[] value;
    try {
      value = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    byte[] canonical = Base64.getEncoder().encode(value);
    try {
      if (value.length == bytes && MessageDigest.isEqual(canonical, text)) {
        return Optional.of(value);
      }
      Arrays.fill(value, (byte) 0);
      return Optional.empty();
    } finally {
      Arrays.fill(canonical, (byte) 0);
    }
  }

  /** Returns the number of characters that stand for so many bytes. */
  static int encodedLength(int bytes) {
    return (bytes + 2) / 3 * 4;
  }
}
