package org.secrethandshake.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.identity.NetAddress;

/**
 * Any text as a multiserver address, an invite or an ssb: URI: read as an address that means the
 * same when written, or refused.
 */
class MultiserverAddressFuzzTest {
  private static final String KEY = Base64.getEncoder().encodeToString(Cast.SERVER_KEY);
  private static final String SEED = Base64.getEncoder().encodeToString(Cast.CLIENT_SEED);

  /**
   * Words of a message that are as long as a part of a secret, and may stand in the text as well.
   */
  private static final Pattern OUR_WORDS =
      Pattern.compile("address/multiserver|multiserverAddress(=ADDRESS)?");

  private static final int MAX_HOST_CHARACTERS = 255;
  private static final int MAX_PORT = 65535;

  static Stream<byte[]> seeds() {
    return Stream.of(
            "net:host.example:8008~shs:" + KEY,
            "net:host.example:8008~shs:" + KEY + ":" + SEED,
            "net:::1:8008~shs:" + KEY,
            "net:[fe80::1%eth0]:8008~shs:" + KEY,
            "net:10.0.0.1:1~shs:" + KEY + ";;net:b:65535~shs:" + KEY + ":" + SEED,
            "ws://host:80~shs:" + KEY + ";net:a!!b!~c!;d:9~shs:" + KEY,
            "net:a!:b:9~shs:" + KEY + "~noauth",
            "net:host:1~shs:" + Spelling.misspelled(KEY),
            "net:host:1~shs:" + KEY + ":" + Spelling.misspelled(SEED),
            "NET:host:1~shs:" + KEY,
            "net:h:1~shs:" + KEY + "." + SEED,
            "onion:abc.onion:8080~shs:" + KEY + ";net:h:8008~noauth",
            "host.example:8008:@" + KEY + ".ed25519",
            "host.example:8008:@" + KEY + ".ed25519~" + SEED,
            "@" + KEY + ".ed25519",
            "host.example:8008:@" + KEY + ".ed25519~" + SEED + "#/web",
            "[::1]:8008:@" + KEY + ".sha256~" + SEED,
            "net:host:1~shs:" + KEY + ":" + SEED + "#/web",
            "ssb:experimental?action=start-http-auth&multiserverAddress=net%3Ax",
            "ssb:address/multiserver?multiserverAddress=" + encoded("net:h:1~shs:" + KEY),
            "ssb://experimental/?x=%zz&multiserverAddress="
                + encoded("net:h:1~shs:" + KEY + ":")
                + SEED,
            ";;;")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void meansTheSameWhenItIsWritten(byte[] bytes) {
    String text = Input.text(bytes);
    MultiserverAddress address;
    try {
      address = MultiserverAddress.parse(text);
    } catch (IllegalArgumentException e) {
      Secrecy.assertRepeatsNoSecret(OUR_WORDS.matcher(e.getMessage()).replaceAll(""), text);
      return;
    }
    String written = address.format();
    assertTrue(written.length() <= text.length(), written);
    assertEquals(address, MultiserverAddress.parse(written));
    assertEquals(address.hashCode(), MultiserverAddress.parse(written).hashCode());
    assertEquals(written, MultiserverAddress.parse(written).format());
    assertFalse(address.alternatives().isEmpty());
    String plain = decoded(text);
    address.alternatives().forEach(way -> check(way, address, plain));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.ISO_8859_1);
  }

  /** What a URI says, in a spelling that may be longer; another text as it is. */
  private static String decoded(String text) {
    String plus = text.replace("+", "%2B").replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
    return text.regionMatches(true, 0, "ssb:", 0, 4)
        ? URLDecoder.decode(plus, StandardCharsets.ISO_8859_1)
        : text;
  }

  private static void check(NetAddress way, MultiserverAddress address, String text) {
    assertTrue(!way.host().isEmpty() && way.host().length() <= MAX_HOST_CHARACTERS, way.host());
    assertTrue(way.host().chars().allMatch(c -> c > ' ' && c <= '~'), way.host());
    assertTrue(text.contains(way.serverKey().toBase64()), "a key has one spelling");
    assertTrue(1 <= way.port() && way.port() <= MAX_PORT);
    NetAddress made = NetAddress.of(way.host(), way.port(), way.serverKey());
    byte[] seed = way.exportSeed().orElse(null);
    NetAddress same = seed == null ? made : made.withSeed(seed);
    assertEquals(way, same);
    assertEquals(List.of(way), MultiserverAddress.parse(way.format()).alternatives());
    if (seed != null) {
      String secret = Base64.getEncoder().encodeToString(seed);
      boolean isPublic =
          address.alternatives().stream()
              .anyMatch(any -> any.serverKey().toBase64().equals(secret));
      assertTrue(isPublic || !address.toString().contains(secret), "toString shows a seed");
      assertTrue(way.format().endsWith(":" + secret));
      assertTrue(text.contains(secret), "a seed has one spelling");
    }
  }
}
