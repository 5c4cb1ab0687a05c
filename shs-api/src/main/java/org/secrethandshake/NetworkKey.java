package org.secrethandshake;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.secrethandshake.spi.Arguments;
import org.secrethandshake.spi.CryptoProvider;

/**
 * The key that all peers of one network share: {@code K} in the protocol guide, the "app key" or
 * "caps" of the JavaScript implementations.
 *
 * <p>A peer that does not hold it cannot tell a server of the network from a closed door. It is a
 * weak secret, known to every member of the network, and gives no protection against members.
 * Immutable and thread-safe. Like every secret type it has no {@code equals}.
 */
public final class NetworkKey {
  /** Length of a network key. */
  public static final int BYTES = 32;

  private static final int HEX_CHARACTERS = 2 * BYTES;

  /** The main network of Secure Scuttlebutt. It is public knowledge. */
  public static final NetworkKey SCUTTLEBUTT =
      parse("d4a1cb88a66f02f8db635ce26441cc5dac1b08420ceaac230839b755845a9ffb");

  private final byte[] key;

  private NetworkKey(byte[] key) {
    this.key = key;
  }

  /**
   * Takes a copy of the given bytes.
   *
   * @throws IllegalArgumentException unless they are {@value #BYTES}
   */
  public static NetworkKey of(byte[] key) {
    Arguments.requireLength(key, BYTES, "network key");
    return new NetworkKey(key.clone());
  }

  /** Makes a new key of random bytes, for a network of one's own. */
  public static NetworkKey generate(CryptoProvider crypto) {
    byte[] key = new byte[BYTES];
    crypto.randomBytes(key);
    return new NetworkKey(key);
  }

  /**
   * Reads a network key from 64 hexadecimal digits or from its canonical, padded base64.
   *
   * @throws IllegalArgumentException if the text is neither, or not of {@value #BYTES} bytes
   */
  public static NetworkKey parse(String text) {
    try {
      byte[] key =
          text.length() == HEX_CHARACTERS
              ? HexFormat.of().parseHex(text)
              : Base64.getDecoder().decode(text);
      if (text.length() == HEX_CHARACTERS || isCanonical(text, key)) {
        return new NetworkKey(key);
      }
      Arrays.fill(key, (byte) 0);
    } catch (IllegalArgumentException e) {
      // Reported below together with a non-canonical encoding.
    }
    throw new IllegalArgumentException(
        "a network key is " + BYTES + " bytes, written as 64 hexadecimal digits or as base64");
  }

  private static boolean isCanonical(String base64, byte[] key) {
    return key.length == BYTES && Base64.getEncoder().encodeToString(key).equals(base64);
  }

  /** Returns a copy of the key's bytes. Named so that its uses are easy to find. */
  public byte[] exportBytes() {
    return key.clone();
  }

  /** Says what this is, without the key. */
  @Override
  public String toString() {
    return "NetworkKey";
  }
}
