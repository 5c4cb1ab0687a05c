package org.secrethandshake.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ADDRESS in a URI stands for the percent-encoded text of a right address, which has a seed. */
class SsbUriTest {
  private static final String KEY = "+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/s=";
  private static final String SEED = "Xl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl4=";
  private static final String ADDRESS = "net:h.example:8008~shs:" + KEY + ":" + SEED;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssb:address/multiserver?multiserverAddress=ADDRESS",
        "ssb:address:multiserver?multiserverAddress=ADDRESS",
        "ssb://address/multiserver?multiserverAddress=ADDRESS",
        "ssb://address/multiserver/?multiserverAddress=ADDRESS",
        "SSB:address/multiserver?multiserverAddress=ADDRESS",
        "ssb:address/multiserver?a=b&multiserverAddress=ADDRESS&c=%zz&multiserverAddress=",
        "ssb:address/multiserver?multiserverAddress=ADDRESS#x?multiserverAddress=y",
        "ssb:experimental?action=claim-http-invite&invite=39c0&multiserverAddress=ADDRESS",
        "ssb://experimental/?action=start-http-auth&multiserverAddress=ADDRESS&sid=1&sc=2",
        "ssb:experimental?multiserverAddress=ADDRESS&action=consume-alias&alias=bob",
      })
  void isTheAddressInItsParameter(String uri) {
    assertEquals(ADDRESS, MultiserverAddress.parse(expand(uri)).format());
  }

  /** The example of the specification. */
  @Test
  void readsTheExampleOfTheSpecification() {
    assertEquals(
        "net:wx.larpa.net:8008~shs:DTNmX+4SjsgZ7xyDh5xxmNtFqa6pWi5Qtw7cE8aR9TQ=",
        MultiserverAddress.parse(
                "ssb:address/multiserver?multiserverAddress=net%3Awx.larpa.net%3A8008~shs%3ADTNmX%2B4SjsgZ7xyDh5xxmNtFqa6pWi5Qtw7cE8aR9TQ%3D")
            .format());
  }

  @Test
  void takesWhatIsNotEncodedAsItIs() {
    String both = ADDRESS + ";net:b:1~shs:" + KEY;
    assertEquals(
        both,
        MultiserverAddress.parse("ssb:address/multiserver?multiserverAddress=" + both).format());
  }

  @Test
  void skipsTheAlternativesThatCannotBeDialled() {
    String text = encoded("onion:x.onion:1~shs:" + KEY + ";" + ADDRESS + ";ws://h~shs:" + KEY);
    assertEquals(
        ADDRESS, MultiserverAddress.parse("ssb:experimental?multiserverAddress=" + text).format());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ssb: | it is for something else than an address",
        "ssb:feed/classic/ADDRESS | it is for something else than an address",
        "ssb:feed/classic/x?multiserverAddress=ADDRESS | it is for something else than an address",
        "ssb:address/multiserverx?multiserverAddress=ADDRESS | it is for something else than",
        "ssb://address:multiserver?multiserverAddress=ADDRESS | it is for something else than an",
        "ssb:address/multiserver | it holds no multiserver address",
        "ssb:address/multiserver?ADDRESS | it holds no multiserver address",
        "ssb:address/multiserver?multiserverAddress | it holds no multiserver address",
        "ssb:address/multiserver?multiserverAddress=&x=ADDRESS | it holds no multiserver address",
        "ssb:address/multiserver#?multiserverAddress=ADDRESS | it holds no multiserver address",
        "SSB://experimental?action=claim-http-invite&invite=SEED | it holds no multiserver address",
        "ssb:experimental?multiserverAddress=ADDRESS&multiserverAddress=ADDRESS | it holds more than",
        "ssb:experimental?multiserverAddress=%4 | a % is not followed by two hexadecimal digits",
        "ssb:experimental?multiserverAddress=ADDRESS% | a % is not followed by two hexadecimal",
        "ssb:experimental?multiserverAddress=%+1ADDRESS | a % is not followed by two hexadecimal",
      })
  void saysWhyItCannotBeDialled(String uri, String what) {
    String message = refusal(expand(uri));
    assertTrue(message.startsWith("The ssb: URI cannot be dialled: "), message);
    assertTrue(message.contains(what), message);
    assertTrue(
        message.endsWith(
            "; expected ssb:address/multiserver?multiserverAddress=ADDRESS, where ADDRESS is the"
                + " percent-encoded net:HOST:PORT~shs:BASE64KEY[:BASE64SEED]"),
        message);
    assertFalse(message.contains(SEED.substring(0, 8)), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "net:h:0~shs:KEY | Malformed multiserver address (alternative 1, character 7): the port",
        "net:h:1~shs:KEY:x | Malformed multiserver address (alternative 1, character 58): the seed",
        "'net:h: 1~shs:KEY' | Malformed multiserver address (alternative 1, character 7): an addr",
        "net:h\u00e9:1~shs:KEY | Malformed multiserver address (alternative 1, character 6): an ad",
        "h:1:@KEY.ed25519~SEED | Malformed multiserver address (alternative 1, character",
        "ssb:address/multiserver | The multiserver address cannot be dialled: it is for ssb,",
        "onion:x.onion:1~shs:KEY | The multiserver address cannot be dialled: it is for onion~shs",
        "';' | The multiserver address is empty",
      })
  void saysWhatIsWrongWithTheAddressThatItHolds(String address, String what) {
    String text = encoded(address.replace("KEY", KEY).replace("SEED", SEED));
    String message = refusal("ssb:address/multiserver?multiserverAddress=" + text);
    assertTrue(message.startsWith(what), message);
    assertFalse(message.contains(SEED.substring(0, 8)), message);
  }

  private static String refusal(String text) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> MultiserverAddress.parse(text))
            .getMessage());
  }

  private static String expand(String uri) {
    return uri.replace("ADDRESS", encoded(ADDRESS)).replace("SEED", encoded(SEED));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
