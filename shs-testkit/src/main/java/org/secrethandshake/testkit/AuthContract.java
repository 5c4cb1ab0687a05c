package org.secrethandshake.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.secrethandshake.testkit.Bytes.bytes;
import static org.secrethandshake.testkit.Bytes.hex;
import static org.secrethandshake.testkit.Bytes.pattern;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.secrethandshake.spi.CryptoProvider;

/** NaCl {@code crypto_auth}: HMAC-SHA-512 truncated to 32 bytes. */
public abstract class AuthContract {

  /** Called by subclasses. */
  protected AuthContract() {}

  /** Returns the provider under test. */
  protected abstract CryptoProvider provider();

  // RFC 4231, sections 4.2 to 4.5. HMAC pads a key with zeros, so shorter keys can be expressed;
  // the second is also the test of NaCl, tests/auth.c.
  @ParameterizedTest
  @CsvSource({
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 4869205468657265,"
        + "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde",
    "4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
        + "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,"
        + "dddddddddddddddddddddddddddddddddddddddddddddddddd"
        + "dddddddddddddddddddddddddddddddddddddddddddddddddd,"
        + "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39",
    "0102030405060708090a0b0c0d0e0f10111213141516171819,"
        + "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"
        + "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd,"
        + "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3db",
  })
  void givesTheTagsOfRfc4231(String key, String message, String tag) {
    byte[] padded = Arrays.copyOf(bytes(key), CryptoProvider.AUTH_KEY_BYTES);

    assertEquals(tag, auth(padded, bytes(message)));
  }

  // The second case of RFC 4231 under HMAC with the hash SHA-512/256, which has another initial
  // state; computed with the JDK's HmacSHA512/256.
  @Test
  void isNotHmacWithTheHashSha512Slash256() {
    byte[] key = Arrays.copyOf(bytes("4a656665"), CryptoProvider.AUTH_KEY_BYTES);
    byte[] message = bytes("7768617420646f2079612077616e7420666f72206e6f7468696e673f");

    assertNotEquals(
        "6df7b24630d5ccb2ee335407081a87188c221489768fa2020513b2d593359456", auth(key, message));
  }

  @Test
  void dependsOnEveryByteOfTheKey() {
    Set<String> tags = new HashSet<>();
    for (int bit = 0; bit < key().length * Byte.SIZE; bit++) {
      tags.add(auth(Bytes.withBitFlipped(key(), bit), key()));
    }
    assertEquals(key().length * Byte.SIZE, tags.size());
  }

  @Test
  void takesMessagesOfAnyLength() {
    Set<String> tags = new HashSet<>();
    for (int length = 0; length <= 260; length++) {
      tags.add(auth(key(), new byte[length]));
    }
    assertEquals(261, tags.size());
  }

  @Test
  void leavesItsInputsAsTheyWere() {
    byte[] key = key();
    byte[] message = pattern(8, 200);

    auth(key, message);

    assertEquals(hex(key()), hex(key));
    assertEquals(hex(pattern(8, 200)), hex(message));
  }

  @Test
  void refusesArraysOfAnotherLength() {
    byte[] message = pattern(8, 3);
    byte[] tag = new byte[CryptoProvider.AUTH_BYTES];

    Lengths.assertOnly(key().length, "key", wrong -> provider().auth(wrong, message, tag));
    Lengths.assertOnly(tag.length, "tag", wrong -> provider().auth(key(), message, wrong));
  }

  private String auth(byte[] key, byte[] message) {
    byte[] tag = pattern(9, CryptoProvider.AUTH_BYTES);
    provider().auth(key, message, tag);
    return hex(tag);
  }

  private static byte[] key() {
    return pattern(7, CryptoProvider.AUTH_KEY_BYTES);
  }
}
