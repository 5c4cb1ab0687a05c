package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.secrethandshake.identity.MultiserverAddress;

/** Invites and ssb: URIs as we read them, and as ssb-ref and ssb-uri2 do. */
class SsbAddressesTest {
  private static final int ROUNDS = 500;
  private static final int DAMAGED_ROUNDS = 1000;
  private static final String KEY = "+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/s=";
  private static final String SEED = "Xl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl4=";
  private static final String DAMAGE = ":~;!#@%&?=/+.ed25519 aZ0[]-_";

  private final Random random = new Random(20261128);

  /** One text that is not read alike: what we make of it, and what they do; null is refused. */
  private record Deviation(String why, String text, String ours, String theirs) {}

  private static final List<Deviation> DEVIATIONS =
      List.of(
          new Deviation(
              "a host need not be a domain name with a dot",
              "under_score:8008:@KEY.ed25519~SEED",
              "net:under_score:8008~shs:KEY:SEED",
              null),
          new Deviation(
              "an IPv6 address may stand in brackets",
              "[::1]:8008:@KEY.ed25519~SEED",
              "net:::1:8008~shs:KEY:SEED",
              null),
          new Deviation(
              "no port is out of range",
              "h.example:65536:@KEY.ed25519~SEED",
              null,
              "net:h.example:65536~shs:KEY:SEED"),
          new Deviation(
              "a port is not left out",
              "h.example::@KEY.ed25519~SEED",
              null,
              "net:h.example:8008~shs:KEY:SEED"),
          new Deviation(
              "a port is plain decimal digits",
              "h.example:0x10:@KEY.ed25519~SEED",
              null,
              "net:h.example:16~shs:KEY:SEED"),
          new Deviation(
              "a key is one of Ed25519",
              "h.example:8008:@KEY.sha256~SEED",
              null,
              "net:h.example:8008~shs:KEY:SEED"),
          new Deviation(
              "a seed has one spelling",
              "h.example:8008:@KEY.ed25519~" + SEED.replace("4=", "5="),
              null,
              "net:h.example:8008~shs:KEY:" + SEED.replace("4=", "5=")),
          new Deviation(
              "the name of a scheme may be written in capitals",
              "SSB:address/multiserver?multiserverAddress=net:h.example:1~shs:PLAIN",
              "net:h.example:1~shs:PLAIN",
              null),
          new Deviation(
              "a + in a URI is no space",
              "ssb:address/multiserver?multiserverAddress=net:h.example:8008~shs:KEY",
              "net:h.example:8008~shs:KEY",
              "net:h.example:8008~shs:" + KEY.replace('+', ' ')),
          new Deviation(
              "a URI has one address",
              "ssb:address/multiserver?multiserverAddress=net:a.example:1~shs:PLAIN"
                  + "&multiserverAddress=net:b.example:1~shs:PLAIN",
              null,
              "net:a.example:1~shs:PLAIN"),
          new Deviation(
              "a URI is percent-encoded",
              "ssb:address/multiserver?multiserverAddress=net:h.example:1~shs:PLAIN%",
              null,
              "net:h.example:1~shs:PLAIN%"),
          new Deviation(
              "a path is a whole path",
              "ssb:address/multiserverx?multiserverAddress=net:h.example:1~shs:PLAIN",
              null,
              "net:h.example:1~shs:PLAIN"));

  @BeforeEach
  void needsTheLibraries() {
    Requirement.NODE.orSkip("invites and ssb: URIs against ssb-ref and ssb-uri2");
  }

  @Test
  void invitesAreReadAlike() throws IOException {
    List<String> texts = Stream.generate(this::invite).limit(ROUNDS).toList();
    List<SsbAddresses> theirs = SsbAddresses.of(texts);
    for (int i = 0; i < ROUNDS; i++) {
      assertEquals(theirs.get(i).invite(), ours(texts.get(i)).orElse(null), texts.get(i));
    }
  }

  @Test
  void addressesOfTheOlderFormAreReadAlike() throws IOException {
    List<String> texts =
        Stream.generate(() -> host() + ":" + port() + ":@" + base64() + ".ed25519")
            .limit(ROUNDS)
            .toList();
    List<SsbAddresses> theirs = SsbAddresses.of(texts);
    for (int i = 0; i < ROUNDS; i++) {
      assertEquals(theirs.get(i).address(), ours(texts.get(i)).orElse(null), texts.get(i));
    }
  }

  @Test
  void urisAreReadAlike() throws IOException {
    List<String> texts = Stream.generate(this::uri).limit(ROUNDS).toList();
    List<SsbAddresses> theirs = SsbAddresses.of(texts);
    for (int i = 0; i < ROUNDS; i++) {
      assertEquals(theirs.get(i).uri(), ours(texts.get(i)).orElse(null), texts.get(i));
    }
  }

  @Test
  void whatBothReadOfDamagedTextsIsTheSame() throws IOException {
    List<String> texts =
        Stream.generate(() -> damaged(random.nextBoolean() ? invite() : uri()))
            .limit(DAMAGED_ROUNDS)
            .toList();
    List<SsbAddresses> theirs = SsbAddresses.of(texts);
    int both = 0;
    for (int i = 0; i < texts.size(); i++) {
      Optional<String> ours = ours(texts.get(i));
      Optional<String> other = any(theirs.get(i)).flatMap(SsbAddressesTest::ours);
      if (ours.isPresent() && other.isPresent()) {
        assertEquals(other.get(), ours.get(), texts.get(i));
        both++;
      }
    }
    assertTrue(both > DAMAGED_ROUNDS / 20, "only " + both + " texts");
    assertTrue(both < DAMAGED_ROUNDS * 19 / 20, "nearly all texts: " + both);
  }

  @Test
  void theDeviationsAreThese() throws IOException {
    List<SsbAddresses> theirs =
        SsbAddresses.of(DEVIATIONS.stream().map(row -> expand(row.text())).toList());
    for (int i = 0; i < DEVIATIONS.size(); i++) {
      Deviation row = DEVIATIONS.get(i);
      assertEquals(expand(row.ours()), ours(expand(row.text())).orElse(null), row.why());
      assertEquals(expand(row.theirs()), any(theirs.get(i)).orElse(null), row.why());
    }
  }

  private static Optional<String> ours(String text) {
    try {
      return Optional.of(MultiserverAddress.parse(text).format());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> any(SsbAddresses theirs) {
    return Stream.of(theirs.uri(), theirs.invite(), theirs.address())
        .flatMap(Stream::ofNullable)
        .findFirst();
  }

  private String invite() {
    String place = random.nextInt(3) == 0 ? "#/web:" + random.nextInt(100) : "";
    return (random.nextBoolean()
            ? host() + ":" + port() + ":@" + base64() + ".ed25519~" + base64()
            : "net:" + host() + ":" + port() + "~shs:" + base64() + ":" + base64())
        + place;
  }

  private String uri() {
    String way = "net:" + host() + ":" + port() + "~shs:" + base64();
    String ways = any(way, way + ":" + base64(), way + ";" + way + ":" + base64());
    String parameter = "multiserverAddress=" + URLEncoder.encode(ways, StandardCharsets.UTF_8);
    List<String> parameters = new ArrayList<>(List.of("action=start-http-auth", "sid=4%202"));
    parameters.add(random.nextInt(3), parameter);
    String address = any("ssb:address/", "ssb://address/", "ssb:address:") + "multiserver";
    String experimental = any("ssb:", "ssb://") + any("experimental", "experimental/");
    return random.nextBoolean()
        ? address + "?" + parameter
        : experimental + "?" + String.join("&", parameters);
  }

  private String host() {
    return switch (random.nextInt(4)) {
      case 0 -> "192.0.2." + random.nextInt(256);
      case 1 -> "2001:db8::" + Integer.toHexString(1 + random.nextInt(65535));
      case 2 -> "localhost";
      default -> "h" + random.nextInt(1000) + ".example.com";
    };
  }

  private int port() {
    return 1 + random.nextInt(65535);
  }

  private String base64() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private String any(String... these) {
    return these[random.nextInt(these.length)];
  }

  /** One character is taken out, put in, doubled or changed. */
  private String damaged(String text) {
    StringBuilder damaged = new StringBuilder(text);
    int at = random.nextInt(text.length());
    char other = DAMAGE.charAt(random.nextInt(DAMAGE.length()));
    switch (random.nextInt(4)) {
      case 0 -> damaged.deleteCharAt(at);
      case 1 -> damaged.insert(at, other);
      case 2 -> damaged.insert(at, damaged.charAt(at));
      default -> damaged.setCharAt(at, other);
    }
    return damaged.toString();
  }

  private static String expand(String text) {
    return text == null
        ? null
        : text.replace("KEY", KEY).replace("SEED", SEED).replace("PLAIN", "A".repeat(43) + "=");
  }
}
