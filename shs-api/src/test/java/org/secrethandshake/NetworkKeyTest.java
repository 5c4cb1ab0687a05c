package org.secrethandshake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkKeyTest {
  /** As npm ssb-caps 1.1.0 states it. */
  private static final String SCUTTLEBUTT = "1KHLiKZvAvjbY1ziZEHMXawbCEIM6qwjCDm3VYRan/s=";

  private static final byte[] BYTES = NetworkKey.SCUTTLEBUTT.exportBytes();

  @Test
  void knowsTheNetworkOfScuttlebutt() {
    assertEquals(SCUTTLEBUTT, Base64.getEncoder().encodeToString(BYTES));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SCUTTLEBUTT,
        "d4a1cb88a66f02f8db635ce26441cc5dac1b08420ceaac230839b755845a9ffb",
        "D4A1CB88A66F02F8DB635CE26441CC5DAC1B08420CEAAC230839B755845A9FFB"
      })
  void readsBase64AndHexadecimalOfEitherCase(String text) {
    assertArrayEquals(BYTES, NetworkKey.parse(text).exportBytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AAAA",
        "d4a1cb88a66f02f8db635ce26441cc5dac1b08420ceaac230839b755845a9f",
        "d4a1cb88a66f02f8db635ce26441cc5dac1b08420ceaac230839b755845a9ffx",
        "d4a1cb88a66f02f8db635ce26441cc5dac1b08420ceaac230839b755845a9ffb00",
        " " + SCUTTLEBUTT,
        SCUTTLEBUTT + "\n",
        "@" + SCUTTLEBUTT + ".ed25519"
      })
  void refusesOtherTextsWithoutRepeatingThem(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> NetworkKey.parse(text));
    assertEquals(
        "a network key is 32 bytes, written as 64 hexadecimal digits or as base64", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void refusesOtherLengths(int length) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> NetworkKey.of(new byte[length]));
    assertEquals("network key must be 32 bytes long, but has " + length, e.getMessage());
  }

  @Test
  void isGeneratedFromRandomBytesOfTheProvider() {
    byte[] random = new byte[NetworkKey.BYTES];
    FakeProvider crypto = new FakeProvider("fake");
    crypto.randomBytes(random);
    assertArrayEquals(random, NetworkKey.generate(crypto).exportBytes());
  }

  @Test
  void copiesItsBytesInAndOut() {
    byte[] bytes = BYTES.clone();
    NetworkKey key = NetworkKey.of(bytes);
    bytes[0]++;
    key.exportBytes()[1]++;
    assertArrayEquals(BYTES, key.exportBytes());
  }

  @Test
  void showsNoKeyAndComparesNone() {
    assertEquals("NetworkKey", NetworkKey.SCUTTLEBUTT.toString());
    assertNotEquals(NetworkKey.SCUTTLEBUTT, NetworkKey.of(BYTES));
  }
}
