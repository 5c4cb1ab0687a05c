package org.secrethandshake.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** KEY and SEED in an invite stand for a right key and a right seed, of 44 characters each. */
class InviteTest {
  private static final String KEY = "+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/s=";
  private static final String SEED = "Xl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl4=";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "h.example:8008:@KEY.ed25519~SEED | net:h.example:8008~shs:KEY:SEED",
        "localhost:1:@KEY.ed25519~SEED | net:localhost:1~shs:KEY:SEED",
        "192.0.2.1:65535:@KEY.ed25519~SEED | net:192.0.2.1:65535~shs:KEY:SEED",
        "::1:8008:@KEY.ed25519~SEED | net:::1:8008~shs:KEY:SEED",
        "[2001:db8::1]:8008:@KEY.ed25519~SEED | net:2001:db8::1:8008~shs:KEY:SEED",
        "h.example:8008:@KEY.ed25519~SEED#/web | net:h.example:8008~shs:KEY:SEED",
        "h.example:8008:@KEY.ed25519~SEED#https://w:1/~;#! | net:h.example:8008~shs:KEY:SEED",
        "h.example:8008:@KEY.ed25519~SEED# | net:h.example:8008~shs:KEY:SEED",
        "net:h.example:8008~shs:KEY:SEED | net:h.example:8008~shs:KEY:SEED",
        "net:h.example:8008~shs:KEY:SEED#/web | net:h.example:8008~shs:KEY:SEED",
        "net:::1:8008~shs:KEY:SEED#https://w:1/~;#! | net:::1:8008~shs:KEY:SEED",
      })
  void isTheAddressOfThePubWithTheSeedToDialItWith(String invite, String address) {
    assertEquals(expand(address), MultiserverAddress.parse(expand(invite)).format());
  }

  @ParameterizedTest
  @ValueSource(strings = {"h.example:8008:@KEY.ed25519", "[::1]:8008:@KEY.ed25519"})
  void withoutASeedIsAnAddressOfTheOlderForm(String text) {
    NetAddress way = MultiserverAddress.parse(expand(text)).alternatives().get(0);
    assertEquals(8008, way.port());
    assertEquals(KEY, way.serverKey().toBase64());
    assertFalse(way.hasSeed());
  }

  @Test
  void showsItsSeedInFormatOnly() {
    MultiserverAddress address = MultiserverAddress.parse(expand("h:1:@KEY.ed25519~SEED"));
    assertEquals(expand("net:h:1~shs:KEY:(seed)"), address.toString());
    assertTrue(address.format().endsWith(SEED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "h:@KEY.ed25519~SEED | 1 | the host or the port is missing",
        "':8008:@KEY.ed25519~SEED' | 1 | the host is missing",
        "net:h:8008:@KEY.ed25519~SEED | 1 | is not an IPv6 address; is the port missing?",
        "h/x:8008:@KEY.ed25519~SEED | 1 | a character that cannot stand in a host",
        "'h:8008 :@KEY.ed25519~SEED' | 3 | the port must be 1 to 65535",
        "h:0:@KEY.ed25519~SEED | 3 | the port must be 1 to 65535",
        "h:65536:@KEY.ed25519~SEED | 3 | the port must be 1 to 65535",
        "h:08008:@KEY.ed25519~SEED | 3 | the port must be 1 to 65535",
        "h::@KEY.ed25519~SEED | 3 | the port must be 1 to 65535",
        "h:8008:@KEY~SEED | 9 | the server's key must end with .ed25519",
        "h:8008:@KEY.sha256~SEED | 9 | the server's key must end with .ed25519",
        "h:8008:@KEY.ed25519:SEED | 9 | the server's key must end with .ed25519",
        "h:8008:@KEY.ed25519#/web | 9 | the server's key must end with .ed25519",
        "h:8008:@.ed25519~SEED | 9 | the server's key, without @ and .ed25519, must be the padded",
        "h:8008:@AAAA.ed25519~SEED | 9 | the server's key, without @ and .ed25519, must be",
        "h:8008:@KEY.ed25519~ | 62 | the seed must be the padded base64 of 32 bytes",
        "h:8008:@KEY.ed25519~AAAA | 62 | the seed must be the padded base64 of 32 bytes",
        "h:8008:@KEY.ed25519~SEED~SEED | 62 | the seed must be the padded base64 of 32 bytes",
        "'h:8008:@KEY.ed25519~SEED ' | 62 | the seed must be the padded base64 of 32 bytes",
        "'\"h:8008:@KEY.ed25519~SEED\"' | 63 | the seed must be the padded base64 of 32 bytes",
        "h:8008:@KEY.ed25519~SEED;h:8008:@KEY.ed25519~SEED | 62 | the seed must be the padded",
      })
  void saysWhatIsWrongAndWhere(String invite, int character, String what) {
    String message = refusal(expand(invite));
    assertTrue(message.startsWith("Malformed invite (character " + character + "): "), message);
    assertTrue(message.contains(what), message);
    assertTrue(message.endsWith("; expected HOST:PORT:@BASE64KEY.ed25519[~BASE64SEED]"), message);
    assertRepeatsNothing(message);
  }

  @Test
  void saysThatAnOnionServiceNeedsTor() {
    String message = refusal(expand("abcdefgh.onion:8008:@KEY.ed25519~SEED"));
    assertEquals(
        "The invite cannot be dialled: its host is an onion service of Tor, but this library dials"
            + " net:HOST:PORT~shs:BASE64KEY[:BASE64SEED]",
        message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wss://h.example:8989~shs:KEY:SEED", "ws://h.example~shs:KEY:SEED#/web"})
  void saysThatAnInviteIsForAnotherTransport(String invite) {
    String message = refusal(expand(invite));
    assertTrue(
        message.matches("The multiserver address cannot be dialled: it is for wss?~shs, .*"));
    assertRepeatsNothing(message);
  }

  @Test
  void isNotReadAmongAlternatives() {
    String ours = expand("net:h:2~shs:KEY");
    assertEquals(ours, MultiserverAddress.parse(ours + expand(";h:1:@KEY.ed25519~SEED")).format());
  }

  private static void assertRepeatsNothing(String message) {
    assertFalse(message.contains(SEED.substring(0, 8)), message);
    assertFalse(message.contains(KEY.substring(0, 8)), message);
  }

  private static String refusal(String text) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> MultiserverAddress.parse(text))
            .getMessage());
  }

  private static String expand(String text) {
    return text.replace("KEY", KEY).replace("SEED", SEED);
  }
}
