package org.secrethandshake.crypto.sodium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;

/** The provider under test, or a visible skip where the system has no libsodium. */
final class Installed {
  static final boolean REQUIRED =
      List.of(Optional.ofNullable(System.getenv("SHS_REQUIRE")).orElse("").split("[, ]+"))
          .contains("sodium");

  private Installed() {}

  /** Only the system's library may be missing, and not where the environment requires it. */
  static SodiumCryptoProvider provider() {
    SodiumCryptoProvider provider = new SodiumCryptoProvider();
    Optional<Throwable> cause = provider.unavailability();
    boolean optional =
        Loader.SYSTEM.equals(System.getProperty(SodiumCryptoProvider.LIBRARY_PROPERTY))
            && !REQUIRED;
    if (optional) {
      assumeTrue(cause.isEmpty(), () -> "skipped: " + cause.orElseThrow().getMessage());
    }
    assertEquals(Optional.empty(), cause);
    return provider;
  }
}
