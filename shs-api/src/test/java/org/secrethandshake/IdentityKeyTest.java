package org.secrethandshake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityKeyTest {
  /** 31 bytes 0xfb and one 0x3e. */
  private static final String BASE64 = "+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+z4=";

  private static final IdentityKey KEY = IdentityKey.parse(BASE64);

  @Test
  void readsAndWritesBothForms() {
    byte[] expected = new byte[32];
    Arrays.fill(expected, (byte) 0xfb);
    expected[31] = 0x3e;
    assertArrayEquals(expected, KEY.bytes());
    assertEquals(BASE64, KEY.toBase64());
    assertEquals("@" + BASE64 + ".ed25519", KEY.toString());
    assertEquals(KEY, IdentityKey.parse(KEY.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "@.ed25519",
        "AAAA",
        "@" + BASE64,
        BASE64 + ".ed25519",
        "@" + BASE64 + ".ed448",
        "@@" + BASE64 + ".ed25519",
        " " + BASE64,
        BASE64 + "\n",
        "+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+z4",
        "+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+z5=",
        "-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-z4="
      })
  void refusesEveryOtherSpelling(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> IdentityKey.parse(text));
    assertEquals(
        "a public key is written @BASE64.ed25519, with the padded base64 of 32 bytes",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void refusesOtherLengths(int length) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> IdentityKey.of(new byte[length]));
    assertEquals("identity key must be 32 bytes long, but has " + length, e.getMessage());
  }

  @Test
  void copiesItsBytesInAndOut() {
    byte[] bytes = KEY.bytes();
    IdentityKey key = IdentityKey.of(bytes);
    bytes[0]++;
    key.bytes()[1]++;
    assertEquals(KEY, key);
  }

  @Test
  void isAValue() {
    IdentityKey same = IdentityKey.of(KEY.bytes());
    assertEquals(KEY, same);
    assertEquals(KEY.hashCode(), same.hashCode());
    assertNotEquals(KEY, IdentityKey.of(new byte[32]));
    assertNotEquals(KEY, new Object());
  }
}
