package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.secrethandshake.conformance.FuzzedHandshake.Result;
import org.secrethandshake.conformance.FuzzedHandshake.Target;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Handshakes of which one message is damaged at random: on its way, where the damage shows at once,
 * and below the peer's own tags and boxes, where it goes deeper. Nothing but the right refusal may
 * come of it, and all backends have to come to the same one.
 */
class HandshakeFuzzTest {
  /** What may come of real damage. */
  private static final Map<Target, Set<String>> REFUSALS =
      Map.of(
          Target.CLIENT_HELLO, Set.of("WRONG_NETWORK"),
          Target.CLIENT_EPHEMERAL, Set.of("BAD_CLIENT_AUTH", "LOW_ORDER"),
          Target.CLIENT_AUTHENTICATE, Set.of("BAD_CLIENT_AUTH"),
          Target.CLIENT_PROOF, Set.of("BAD_CLIENT_AUTH", "INVALID_KEY"),
          Target.SERVER_HELLO, Set.of("WRONG_NETWORK"),
          Target.SERVER_EPHEMERAL, Set.of("BAD_SERVER_ACCEPT", "LOW_ORDER"),
          Target.SERVER_ACCEPT, Set.of("BAD_SERVER_ACCEPT"),
          Target.SERVER_PROOF, Set.of("BAD_SERVER_ACCEPT"));

  @BackendTest
  void damageLeadsToTheRightRefusal(CryptoProvider crypto) {
    Map<String, Integer> outcomes = new TreeMap<>();
    for (long number = 0; number < Fuzz.CASES; number++) {
      Result result = FuzzedHandshake.run(crypto, number);
      Set<String> allowed =
          result.damaged() ? REFUSALS.get(result.target()) : Set.of(FuzzedHandshake.ACCEPTED);
      assertTrue(
          allowed.contains(result.outcome()),
          "case %s of seed %s: %s".formatted(number, Fuzz.SEED, result));
      outcomes.merge(result.outcome(), 1, Integer::sum);
    }
    Fuzz.report(Fuzz.CASES + " damaged handshakes with " + crypto.name(), outcomes);
  }

  @Test
  @Timeout(120)
  void allBackendsComeToTheSameOutcomes() {
    List<CryptoProvider> backends = Backends.list();
    List<Result> first = results(backends.get(0));
    for (CryptoProvider other : backends.subList(1, backends.size())) {
      assertEquals(first, results(other), other.name());
    }
  }

  private static List<Result> results(CryptoProvider crypto) {
    return LongStream.range(0, Fuzz.CASES)
        .mapToObj(number -> FuzzedHandshake.run(crypto, number))
        .toList();
  }
}
