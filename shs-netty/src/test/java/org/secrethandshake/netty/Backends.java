package org.secrethandshake.netty;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;

/** The backends that the tests run with. */
final class Backends {
  /** For tests that no backend makes different. */
  static final CryptoProvider ANY = CryptoProviders.named("bouncycastle");

  private Backends() {}

  /** All that work here; {@code sodium} may be missing, unless {@code SHS_REQUIRE} names it. */
  static Stream<Named<CryptoProvider>> each() {
    return CryptoProviders.installed().stream()
        .filter(Backends::isUsable)
        .map(backend -> Named.of(backend.name(), backend));
  }

  private static boolean isUsable(CryptoProvider backend) {
    Optional<Throwable> cause = backend.unavailability();
    if (cause.isPresent() && required().contains(backend.name())) {
      throw new AssertionError(backend.name() + " is required", cause.get());
    }
    cause.ifPresent(why -> System.out.println("Skipped: " + backend.name() + ", because " + why));
    return cause.isEmpty();
  }

  /** What {@code SHS_REQUIRE} names. */
  static List<String> required() {
    return Arrays.asList(Optional.ofNullable(System.getenv("SHS_REQUIRE")).orElse("").split(","));
  }
}
