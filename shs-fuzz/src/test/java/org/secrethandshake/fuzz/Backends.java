package org.secrethandshake.fuzz;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.List;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;

/** The backends of this module. Libsodium makes all boxes of {@code sodium} here. */
public final class Backends {
  private static final String NATIVE = "sodium";
  private static final List<CryptoProvider> ALL =
      CryptoProviders.installed().stream()
          .filter(backend -> backend.unavailability().isEmpty())
          .toList();

  private Backends() {}

  /** All that work here. */
  static List<CryptoProvider> all() {
    return ALL;
  }

  /** One that is written in Java only, and so works everywhere. */
  public static CryptoProvider portable() {
    return CryptoProviders.named("bouncycastle");
  }

  /** The fastest for handshakes. */
  static CryptoProvider fastest() {
    return ALL.stream()
        .filter(backend -> backend.name().equals(NATIVE))
        .findAny()
        .orElseGet(Backends::portable);
  }

  /** Libsodium; where it does not work, the running test is skipped with one line that says so. */
  static CryptoProvider libsodium() {
    CryptoProvider fastest = fastest();
    if (!fastest.name().equals(NATIVE)) {
      String sentence = "Skipped: the comparison with libsodium, because none works here.";
      if (String.valueOf(System.getenv("SHS_REQUIRE")).contains(NATIVE)) {
        fail(sentence + " SHS_REQUIRE demands it.");
      }
      System.out.println(sentence);
      abort(sentence);
    }
    return fastest;
  }
}
