package org.secrethandshake.conformance;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;

/** The backends that every test of this module runs with: all that are installed and work here. */
public final class Backends {
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private Backends() {}

  public static List<CryptoProvider> list() {
    return CryptoProviders.installed().stream().filter(Backends::isUsable).toList();
  }

  /** For {@link BackendTest}. */
  public static Stream<Named<CryptoProvider>> each() {
    return list().stream().map(Backends::named);
  }

  /** For {@link BackendPairTest}: every backend as client with every one as server. */
  public static Stream<Arguments> pairs() {
    return each().flatMap(client -> each().map(server -> Arguments.of(client, server)));
  }

  private static Named<CryptoProvider> named(CryptoProvider backend) {
    return Named.of(backend.name(), backend);
  }

  private static boolean isUsable(CryptoProvider backend) {
    Optional<Throwable> cause = backend.unavailability();
    if (cause.isEmpty()) {
      return true;
    }
    String sentence = "The backend %s is not available: %s".formatted(backend.name(), cause.get());
    if (Requirement.demanded().contains(backend.name())) {
      throw new AssertionError(sentence + " SHS_REQUIRE demands it.");
    }
    if (TOLD.add(sentence)) {
      System.out.println("Skipped: all tests with one backend. " + sentence);
    }
    return false;
  }
}
