package org.secrethandshake.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.IdentityKey;

class MultiserverAddressTest {
  private static final IdentityKey KEY = IdentityKey.of(filled(0xfb));
  private static final byte[] SEED = filled(0x5e);
  private static final String BASE64_KEY = KEY.toBase64();
  private static final String BASE64_SEED = Base64.getEncoder().encodeToString(SEED);

  @Test
  void parsesHostPortAndKey() {
    NetAddress way = only("net:example.com:8008~shs:" + BASE64_KEY);
    assertEquals("example.com", way.host());
    assertEquals(8008, way.port());
    assertEquals(KEY, way.serverKey());
    assertTrue(way.exportSeed().isEmpty());
  }

  @Test
  void parsesTheSeedOfAnInvite() {
    NetAddress way = only("net:example.com:8008~shs:" + BASE64_KEY + ":" + BASE64_SEED);
    assertArrayEquals(SEED, way.exportSeed().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "net:::1:8008, ::1",
    "net:[::1]:8008, ::1",
    "net:fe80::1%eth0:8008, fe80::1%eth0",
    "net:fe80!:!:1:8008, fe80::1",
    "net:::ffff:192.0.2.1:8008, ::ffff:192.0.2.1",
    "net:192.0.2.1:8008, 192.0.2.1",
    "net:a!!b!~c!;d:8008, a!b~c;d",
    "net:under_score.local:8008, under_score.local",
  })
  void takesAllUpToTheLastColonAsTheHost(String net, String host) {
    NetAddress way = only(net + "~shs:" + BASE64_KEY);
    assertEquals(host, way.host());
    assertEquals(8008, way.port());
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.com", "::1", "2001:db8::1", "fe80::1%eth0", "a!b~c;d"})
  void readsWhatItFormats(String host) {
    MultiserverAddress plain = MultiserverAddress.of(host, 1, KEY);
    MultiserverAddress both = plain.or(MultiserverAddress.of("b", 65535, KEY).withSeed(SEED));
    assertEquals(plain, MultiserverAddress.parse(plain.format()));
    assertEquals(both, MultiserverAddress.parse(both.format()));
    assertEquals(both.format(), MultiserverAddress.parse(both.format()).format());
  }

  @Test
  void printsIpv6WithoutBracketsAndEscapesSeparators() {
    assertEquals(
        "net:::1:8008~shs:" + BASE64_KEY, MultiserverAddress.of("[::1]", 8008, KEY).format());
    assertEquals(
        "net:a!!b!~c!;d:8008~shs:" + BASE64_KEY,
        MultiserverAddress.of("a!b~c;d", 8008, KEY).format());
  }

  @Test
  void keepsTheAlternativesInOrder() {
    MultiserverAddress address =
        MultiserverAddress.parse(
            "net:a:1~shs:" + BASE64_KEY + ";net:b:2~shs:" + BASE64_KEY + ":" + BASE64_SEED);
    assertEquals(List.of("a", "b"), address.alternatives().stream().map(NetAddress::host).toList());
    assertEquals(
        List.of(false, true),
        address.alternatives().stream().map(way -> way.exportSeed().isPresent()).toList());
  }

  @Test
  void skipsAlternativesOfOtherProtocols() {
    String address =
        "onion:abc.onion:8008~shs:%1$s;ws://example.com:80~shs:%1$s;net:h:1~noauth;net:h:2~shs:%1$s;unix:/run/x~noauth"
            .formatted(BASE64_KEY);
    assertEquals(
        List.of(NetAddress.of("h", 2, KEY)), MultiserverAddress.parse(address).alternatives());
  }

  /** Each of these is dialled by npm multiserver 3.8.2, of which the first is npm's own test. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws://host.com:8008~shs:oaercuhroaecuh~gzip;OURS",
        "OURS;",
        ";OURS",
        ";;OURS;;",
        " ;OURS;\n",
        "ONION:abc.onion:8008~shs:x;OURS",
        "OURS;not an address",
        "sm\u00f8rrebr\u00f8d:x~y;OURS",
        "OURS;\ufeff",
        "foo:a!b;OURS",
        "OURS;foo!",
        "OURS;a.b:c~:~",
        "OURS;net:h:80",
        "OURS;net",
        "OURS;net:h:x~noauth",
        "OURS;net:h:x~shs:x~gzip",
        "OURS;h.example:8008:@KEY.ed25519~SEED",
        "ssb:address/multiserver?multiserverAddress=x;OURS",
      })
  void skipsWhateverIsNotOurs(String address) {
    String ours = "net:h:2~shs:" + BASE64_KEY;
    String text =
        address.replace("OURS", ours).replace("KEY", BASE64_KEY).replace("SEED", BASE64_SEED);
    assertEquals(
        List.of(NetAddress.of("h", 2, KEY)), MultiserverAddress.parse(text).alternatives());
  }

  @Test
  void takesNoNameWithAStrayEscapeForOurs() {
    String ours = "net:h:2~shs:" + BASE64_KEY;
    assertEquals(
        List.of(NetAddress.of("h", 2, KEY)),
        MultiserverAddress.parse("ne!t:h:1~shs:" + BASE64_KEY + ";" + ours).alternatives());
  }

  @Test
  void saysWhichProtocolsItFoundWhenNoneCanBeDialled() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                MultiserverAddress.parse(
                    "onion:abc.onion:8008~shs:" + BASE64_KEY + ";net:h:1~noauth;unix:/x~noauth"));
    assertEquals(
        "The multiserver address cannot be dialled: it is for onion~shs, net~noauth, unix~noauth,"
            + " but this library dials net:HOST:PORT~shs:BASE64KEY[:BASE64SEED]",
        e.getMessage());
  }

  @Test
  void showsTheSeedInFormatOnly() {
    MultiserverAddress address = MultiserverAddress.of("h", 1, KEY).withSeed(SEED);
    assertEquals("net:h:1~shs:" + BASE64_KEY + ":(seed)", address.toString());
    assertEquals("net:h:1~shs:" + BASE64_KEY + ":" + BASE64_SEED, address.format());
  }

  @Test
  void eachWayShowsItsSeedInFormatOnly() {
    NetAddress plain = NetAddress.of("h", 1, KEY);
    assertFalse(plain.hasSeed());
    assertEquals("net:h:1~shs:" + BASE64_KEY, plain.toString());
    NetAddress seeded = plain.withSeed(SEED);
    assertTrue(seeded.hasSeed());
    assertEquals("net:h:1~shs:" + BASE64_KEY + ":(seed)", seeded.toString());
    assertEquals("net:h:1~shs:" + BASE64_KEY + ":" + BASE64_SEED, seeded.format());
  }

  @Test
  void keepsItsOwnCopyOfTheSeed() {
    byte[] seed = SEED.clone();
    NetAddress way = NetAddress.of("h", 1, KEY).withSeed(seed);
    Arrays.fill(seed, (byte) 0);
    Arrays.fill(way.exportSeed().orElseThrow(), (byte) 0);
    assertArrayEquals(SEED, way.exportSeed().orElseThrow());
  }

  @Test
  void isAValueThatIncludesTheSeed() {
    MultiserverAddress plain = MultiserverAddress.of("h", 1, KEY);
    MultiserverAddress seeded = plain.withSeed(SEED);
    assertEquals(seeded, plain.withSeed(SEED));
    assertNotEquals(plain, seeded);
    assertNotEquals(seeded, plain.withSeed(filled(1)));
    assertEquals(plain.hashCode(), seeded.hashCode(), "a hash code of the seed would leak it");
    assertNotEquals(plain.hashCode(), MultiserverAddress.of("h", 2, KEY).hashCode());
    assertNotEquals(plain, (Object) plain.format());
    assertNotEquals(plain.alternatives().get(0), (Object) plain.format());
    assertNotEquals(plain, MultiserverAddress.of("h", 2, KEY));
    assertNotEquals(plain, MultiserverAddress.of("i", 1, KEY));
    assertFalse(plain.equals(MultiserverAddress.of("h", 1, IdentityKey.of(filled(2)))));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65536})
  void refusesAPortOutOfRange(int port) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> MultiserverAddress.of("h", port, KEY));
    assertEquals("the port must be 1 to 65535, but is " + port, e.getMessage());
  }

  @Test
  void refusesToBecomeLongerThanWhatCanBeParsed() {
    MultiserverAddress one = MultiserverAddress.of("h".repeat(255), 65535, KEY);
    MultiserverAddress all = one;
    while (all.format().length() + 1 + one.format().length() <= MultiserverAddress.MAX_CHARACTERS) {
      all = all.or(one);
    }
    assertEquals(all, MultiserverAddress.parse(all.format()));
    MultiserverAddress longest = all;
    String reason = "the address would be longer than 4096 characters when it is written";
    assertEquals(
        reason, assertThrows(IllegalArgumentException.class, () -> longest.or(one)).getMessage());
    assertEquals(
        reason,
        assertThrows(IllegalArgumentException.class, () -> longest.withSeed(SEED)).getMessage());
  }

  @Test
  void mayBecomeAsLongAsWhatCanBeParsed() {
    MultiserverAddress many = MultiserverAddress.of("h".repeat(255), 65535, KEY);
    for (int i = 0; i < 11; i++) {
      many = many.or(MultiserverAddress.of("h".repeat(255), 65535, KEY));
    }
    int rest = MultiserverAddress.MAX_CHARACTERS - many.format().length() - ";".length();
    int aroundHost = MultiserverAddress.of("h", 1, KEY).format().length() - 1;
    String host = "h".repeat((rest - ";".length()) / 2 - aroundHost);
    String other = "h".repeat(rest - ";".length() - aroundHost - aroundHost - host.length());
    MultiserverAddress nearly = many.or(MultiserverAddress.of(host, 1, KEY));
    MultiserverAddress longest = nearly.or(MultiserverAddress.of(other, 1, KEY));
    assertEquals(4096, longest.format().length());
    assertEquals(longest, MultiserverAddress.parse(longest.format()));
    MultiserverAddress oneMore = MultiserverAddress.of(other + "h", 1, KEY);
    assertEquals(
        "the address would be longer than 4096 characters when it is written",
        assertThrows(IllegalArgumentException.class, () -> nearly.or(oneMore)).getMessage());
  }

  @Test
  void refusesASeedOfWrongLength() {
    MultiserverAddress address = MultiserverAddress.of("h", 1, KEY);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> address.withSeed(new byte[31]));
    assertEquals("seed must be 32 bytes long, but has 31", e.getMessage());
  }

  private static NetAddress only(String text) {
    List<NetAddress> alternatives = MultiserverAddress.parse(text).alternatives();
    assertEquals(1, alternatives.size());
    return alternatives.get(0);
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
