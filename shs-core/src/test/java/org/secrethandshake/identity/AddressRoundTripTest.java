package org.secrethandshake.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.secrethandshake.IdentityKey;

/**
 * What parsing and formatting promise each other: an address is equal to what its format parses to.
 * A text need not be the format of what it parses to.
 */
class AddressRoundTripTest {
  private static final int ROUNDS = 20_000;
  private static final String SEPARATORS = ":~;!";
  private static final String HOST_CHARACTERS = "abcz09.-_%:!~;[]/ @#\u00e9\ufeff";
  private static final byte[] SEED = "a seed of thirty-two bytes, text".getBytes(US_ASCII);
  private static final String BASE64_SEED = Base64.getEncoder().encodeToString(SEED);

  private final Random random = new Random(20261125);

  @Test
  void readsBackEveryAddressThatCanBeMade() {
    int made = 0;
    for (int i = 0; i < ROUNDS; i++) {
      try {
        assertReadsBack(address());
        made++;
      } catch (IllegalArgumentException e) {
        assertFalse(e.getMessage().contains("ultiserver"), "the text of an address was refused");
      }
    }
    assertTrue(made > ROUNDS / 10, "only " + made + " addresses");
  }

  @Test
  void readsBackWhateverItParsesOfDamagedTexts() {
    int parsed = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String text = damaged("net:[fe80::1%eth0]:80~shs:" + key() + ":" + BASE64_SEED + ";ws:h:1~x");
      MultiserverAddress address;
      try {
        address = MultiserverAddress.parse(text);
      } catch (IllegalArgumentException e) {
        assertHidesTheSeed(String.valueOf(e.getMessage()));
        continue;
      }
      parsed++;
      assertReadsBack(address);
    }
    assertTrue(parsed > ROUNDS / 20, "only " + parsed + " texts");
    assertTrue(parsed < ROUNDS * 19 / 20, "nearly all texts: " + parsed);
  }

  @Test
  void keepsTheKeyAndASeedOfTheSameBytesApart() {
    String key = key();
    String text = "net:[::1]:80~shs:" + key + ":" + key;
    MultiserverAddress address = MultiserverAddress.parse(text);
    assertReadsBack(address);
    assertNotEquals(text, address.format(), "the brackets are gone");
    assertEquals("net:::1:80~shs:" + key + ":" + key, address.format());
  }

  @Test
  void keepsAnAlternativeThatIsThereTwice() {
    String one = "net:h:80~shs:" + key();
    MultiserverAddress address = MultiserverAddress.parse(one + ";" + one);
    assertEquals(2, address.alternatives().size());
    assertEquals(one + ";" + one, address.format());
    assertReadsBack(address);
  }

  private static void assertReadsBack(MultiserverAddress address) {
    String text = address.format();
    MultiserverAddress again = MultiserverAddress.parse(text);
    assertEquals(address, again, text);
    assertEquals(address.hashCode(), again.hashCode());
    assertEquals(text, again.format());
  }

  /** No eight characters of the seed in a row. */
  private static void assertHidesTheSeed(String message) {
    for (int i = 0; i + 8 <= BASE64_SEED.length(); i++) {
      assertFalse(message.contains(BASE64_SEED.substring(i, i + 8)), message);
    }
  }

  private MultiserverAddress address() {
    MultiserverAddress address =
        MultiserverAddress.of(host(), 1 + random.nextInt(65535), IdentityKey.parse(key()));
    if (random.nextBoolean()) {
      address = address.withSeed(bytes());
    }
    return random.nextInt(3) == 0 ? address.or(address()) : address;
  }

  private String host() {
    if (random.nextInt(4) == 0) {
      return "2001:db8::" + Integer.toHexString(random.nextInt(65536));
    }
    StringBuilder host = new StringBuilder();
    for (int length = random.nextInt(8) + 1; length > 0; length--) {
      host.append(any(random.nextInt(3) == 0 ? HOST_CHARACTERS : "abc09.-!~;"));
    }
    return host.toString();
  }

  /** Between one and three characters are taken out, put in, doubled or changed. */
  private String damaged(String text) {
    StringBuilder damaged = new StringBuilder(text);
    for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
      int at = random.nextInt(damaged.length());
      char other = any(random.nextBoolean() ? SEPARATORS : HOST_CHARACTERS);
      switch (random.nextInt(4)) {
        case 0 -> damaged.deleteCharAt(at);
        case 1 -> damaged.insert(at, other);
        case 2 -> damaged.insert(at, damaged.charAt(at));
        default -> damaged.setCharAt(at, other);
      }
    }
    return damaged.toString();
  }

  private char any(String characters) {
    return characters.charAt(random.nextInt(characters.length()));
  }

  private String key() {
    return Base64.getEncoder().encodeToString(bytes());
  }

  private byte[] bytes() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }
}
