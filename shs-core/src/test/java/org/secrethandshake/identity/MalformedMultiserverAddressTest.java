package org.secrethandshake.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** KEY and SEED in an address stand for a right key and a right seed, of 44 characters each. */
class MalformedMultiserverAddressTest {
  private static final String KEY = "+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/s=";
  private static final String SEED = "Xl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl4=";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "net:h~shs:KEY | 1 | 5 | the host or the port is missing",
        "net~shs:KEY | 1 | 1 | the host or the port is missing",
        "net::8008~shs:KEY | 1 | 5 | the host is missing",
        "net:[]:8008~shs:KEY | 1 | 5 | is not an IPv6 address",
        "net:[h]:8008~shs:KEY | 1 | 5 | is not an IPv6 address",
        "net:[::1:8008~shs:KEY | 1 | 5 | a character that cannot stand in a host",
        "net://h:8008~shs:KEY | 1 | 5 | a character that cannot stand in a host",
        "net:fe80::1~shs:KEY | 1 | 5 | is the port missing?",
        "net::h:8008~shs:KEY | 1 | 5 | is not an IPv6 address",
        "net:fe80::1%:1~shs:KEY | 1 | 5 | is not an IPv6 address",
        "net:h:8008:9~shs:KEY | 1 | 5 | is not an IPv6 address",
        "net:h:~shs:KEY | 1 | 7 | the port must be 1 to 65535 in plain decimal digits",
        "net:h:0~shs:KEY | 1 | 7 | the port must be 1 to 65535",
        "net:h:65536~shs:KEY | 1 | 7 | the port must be 1 to 65535",
        "net:h:99999999999~shs:KEY | 1 | 7 | the port must be 1 to 65535",
        "net:h:+80~shs:KEY | 1 | 7 | the port must be 1 to 65535",
        "net:h:-80~shs:KEY | 1 | 7 | the port must be 1 to 65535",
        "net:h:080~shs:KEY | 1 | 7 | the port must be 1 to 65535",
        "net:h:8e1~shs:KEY | 1 | 7 | the port must be 1 to 65535",
        "net:h: 80~shs:KEY | 1 | 7 | an address has no spaces",
        "net:h:80~shs | 1 | 10 | the server's key is missing",
        "net:h:80~shs: | 1 | 14 | the server's key, without @ and .ed25519, must be the padded",
        "net:h:80~shs:@KEY.ed25519 | 1 | 14 | without @ and .ed25519",
        "net:h:80~shs:KEY=  | 1 | 14 | must be the padded base64 of 32 bytes",
        "net:h:80~shs:AAAA | 1 | 14 | must be the padded base64 of 32 bytes",
        "net:h:80~shs:KEY: | 1 | 59 | the seed must be the padded base64 of 32 bytes",
        "net:h:80~shs:KEY:XXXX | 1 | 59 | the seed must be the padded base64 of 32 bytes",
        "net:h:80~shs:KEY:SEED= | 1 | 59 | the seed must be the padded base64 of 32 bytes",
        "net:h:80~shs:KEY:SEED:x | 1 | 104 | nothing may follow the seed",
        "net:h:80~shs:KEY#/web | 1 | 14 | must be the padded base64 of 32 bytes",
        "net:h:80 | 1 | 7 | no ~shs:BASE64KEY follows net",
        "net:h:80:shs:KEY:SEED | 1 | 59 | no ~shs:BASE64KEY follows net",
        "net:h:80~shs:KEY~ | 1 | 59 | the name of a protocol",
        "~shs:KEY | 1 | 1 | the name of a protocol",
        "NET:h:80~shs:KEY | 1 | 1 | the name of a protocol",
        "net:h:80~shs:KEY;net:h:x~shs:KEY | 2 | 65 | the port must be",
        "net:h:80~shs:KEY;Net:h:80~SHS:KEY | 2 | 59 | the name of a protocol",
        "net:h:80~shs:KEY~SEED | 1 | 59 | the name of a protocol",
        "net:h:80~shs:KEY;net:h:80~shs:KEY~SEED | 2 | 117 | the name of a protocol",
        "net:h:80~shs:KEY~;net:h:80~shs:KEY | 1 | 59 | the name of a protocol",
        "net:h:80~KEY~SEED | 1 | 10 | the name of a protocol",
        "foo~SEED | 1 | 5 | the name of a protocol",
        "SEED;foo | 1 | 1 | the name of a protocol",
        "net:h!:80~shs:KEY! | 1 | 59 | the escape ! must be followed by ! or : or ~ or ;",
        "net:!h:80~shs:KEY | 1 | 5 | the escape ! must be followed by",
        "net:h\u00e9:80~shs:KEY | 1 | 6 | nothing outside visible ASCII",
      })
  void saysWhatIsWrongAndWhere(String address, int alternative, int character, String what) {
    String message = refusal(expand(address));
    assertTrue(
        message.startsWith(
            "Malformed multiserver address (alternative %d, character %d): "
                .formatted(alternative, character)),
        message);
    assertTrue(message.contains(what), message);
    assertTrue(message.endsWith("; expected net:HOST:PORT~shs:BASE64KEY[:BASE64SEED]"), message);
    assertFalse(message.contains(SEED.substring(0, 8)), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", "\t", "\u0000", "\u007f", "\u2028"})
  void refusesStrayCharactersAtTheEnd(String stray) {
    assertTrue(
        refusal(expand("net:h:80~shs:KEY") + stray).contains("character 58): an address has no"));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", "\ufeff", "\u200b"})
  void doesNotTakeAnAlternativeOfOursForAnotherKindBecauseOfAStrayCharacter(String stray) {
    String good = expand("net:h:80~shs:KEY");
    assertTrue(
        refusal(good + ";" + stray + good)
            .contains("(alternative 2, character 59): an address has no spaces"));
    assertTrue(refusal(stray + good).contains("(alternative 1, character 1): an address has no"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";", ";;;", " ", "\n", " ; "})
  void refusesAnEmptyAddress(String text) {
    assertEquals(
        "The multiserver address is empty; expected net:HOST:PORT~shs:BASE64KEY[:BASE64SEED]",
        refusal(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@KEY.ed25519 | it is a public key,",
        "KEY | it is a public key,",
        "@KEY | it is a public key,",
      })
  void saysWhatWasGivenInPlaceOfAnAddress(String text, String what) {
    String message = refusal(expand(text));
    assertTrue(message.startsWith("The multiserver address cannot be dialled: it "), message);
    assertTrue(message.contains(what), message);
    assertFalse(message.contains(SEED.substring(0, 8)), message);
    assertFalse(message.contains(KEY.substring(0, 8)), message);
  }

  @Test
  void writesNumbersForPeopleOfEveryCountryInTheSameDigits() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertTrue(refusal("net:h:0~shs:x").contains("(alternative 1, character 7)"));
      assertTrue(refusal("x".repeat(5000)).contains("longer than 4096 characters"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void refusesAnAddressOfMoreThan4096Characters() {
    String good = expand("net:h:80~shs:KEY;");
    String filler = "x:" + "y".repeat(MultiserverAddress.MAX_CHARACTERS - good.length() - 2);
    assertEquals(1, MultiserverAddress.parse(good + filler).alternatives().size());
    assertTrue(refusal(good + filler + "y").contains("is longer than 4096 characters"));
  }

  @Test
  void refusesAHostOfMoreThan255Characters() {
    String host = "h".repeat(255);
    String rest = expand(":80~shs:KEY");
    assertEquals(1, MultiserverAddress.parse("net:" + host + rest).alternatives().size());
    assertTrue(refusal("net:h" + host + rest).contains("the host is longer than 255 characters"));
  }

  @Test
  void refusesBase64WithUnusedBitsSet() {
    String key = KEY.replace("s=", "t=");
    assertTrue(refusal("net:h:80~shs:" + key).contains("must be the padded base64"));
    String seed = SEED.replace("4=", "5=");
    assertTrue(refusal("net:h:80~shs:" + KEY + ":" + seed).contains("the seed must be the padded"));
  }

  @Test
  void refusesUnpaddedAndUrlSafeBase64() {
    assertTrue(refusal("net:h:80~shs:" + KEY.replace("=", "")).contains("padded base64"));
    assertTrue(
        refusal("net:h:80~shs:" + KEY.replace('+', '-').replace('/', '_'))
            .contains("padded base64"));
  }

  private static String refusal(String address) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> MultiserverAddress.parse(address))
            .getMessage();
    return String.valueOf(message);
  }

  private static String expand(String address) {
    return address.replace("KEY", KEY).replace("SEED", SEED);
  }
}
