package org.secrethandshake.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.NetworkKey;

/** Any text as a network key and as a public key: each key has its few spellings and no others. */
class KeyTextFuzzTest {
  static Stream<byte[]> seeds() {
    String base64 = Base64.getEncoder().encodeToString(Cast.SERVER_KEY);
    String hex = HexFormat.of().formatHex(Cast.SERVER_KEY);
    return Stream.of(
            base64,
            hex,
            hex.toUpperCase(Locale.ROOT),
            "@" + base64 + ".ed25519",
            "@.ed25519",
            base64.substring(0, base64.length() - 1),
            base64.replace('=', 'A'),
            Spelling.misspelled(base64),
            " " + base64)
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void isReadInOneSpellingOnly(byte[] bytes) {
    String text = Input.text(bytes);
    readAsNetworkKey(text);
    readAsPublicKey(text);
  }

  private static void readAsNetworkKey(String text) {
    try {
      NetworkKey network = NetworkKey.parse(text);
      byte[] key = network.exportBytes();
      assertEquals(NetworkKey.BYTES, key.length);
      Set<String> spellings =
          Set.of(HexFormat.of().formatHex(key), Base64.getEncoder().encodeToString(key));
      assertTrue(
          spellings.contains(text) || spellings.contains(text.toLowerCase(Locale.ROOT)), text);
      assertEquals("NetworkKey", network.toString());
    } catch (IllegalArgumentException e) {
      assertEquals(
          "a network key is 32 bytes, written as 64 hexadecimal digits or as base64",
          e.getMessage());
      assertNull(e.getCause(), "a cause could quote a digit");
    }
  }

  private static void readAsPublicKey(String text) {
    try {
      IdentityKey key = IdentityKey.parse(text);
      assertTrue(Set.of(key.toString(), key.toBase64()).contains(text), text);
      assertEquals(key, IdentityKey.parse(key.toString()));
      assertEquals(key, IdentityKey.of(key.bytes()));
    } catch (IllegalArgumentException e) {
      assertEquals(
          "a public key is written @BASE64.ed25519, with the padded base64 of 32 bytes",
          e.getMessage());
    }
  }
}
