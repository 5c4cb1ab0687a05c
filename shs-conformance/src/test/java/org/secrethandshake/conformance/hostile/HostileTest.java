package org.secrethandshake.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.conformance.Backends;
import org.secrethandshake.conformance.Project;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Everything that a hostile world is known to try, on both sides and with every backend: each
 * attack comes to nothing, for the reason that is meant to stop it. What was seen is kept in {@code
 * docs/hostile.md}, which is written into {@code target/} or where {@code -Dshs.report.dir} says.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileTest {
  private static final List<Chapter> CHAPTERS = Chapter.all();

  /** Each attack is tried once with each backend, for its own test and for the page. */
  private static final Map<List<Object>, Outcomes> SEEN = new ConcurrentHashMap<>();

  static Stream<Arguments> attacks() {
    return CHAPTERS.stream()
        .flatMap(chapter -> chapter.attacks().stream())
        .flatMap(attack -> Backends.each().map(backend -> Arguments.of(attack, backend)));
  }

  @Order(1)
  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("attacks")
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void comesToNothing(Attack attack, CryptoProvider crypto) {
    assertTrue(seen(attack, crypto).tries() > 0);
  }

  /** Alone, it makes all the tries itself. */
  @Order(2)
  @Test
  @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void isKeptInTheDocumentationAsItIsNow() throws IOException {
    assumeTrue(
        Backends.list().size() == CryptoProviders.installed().size(), "a backend is missing here");
    Path folder =
        Project.ROOT.resolve(System.getProperty("shs.report.dir", "shs-conformance/target"));
    String page = HostilePage.of(seenByAll(), CHAPTERS).markdown();
    Files.writeString(folder.resolve("hostile.md"), page);

    String kept = Files.readString(Project.ROOT.resolve("docs/hostile.md"));
    assertEquals(page, kept, "write it anew: " + HostilePage.COMMAND);
  }

  private static Map<Attack, List<Outcomes>> seenByAll() {
    Map<Attack, List<Outcomes>> seen = new LinkedHashMap<>();
    for (Chapter chapter : CHAPTERS) {
      for (Attack attack : chapter.attacks()) {
        seen.put(attack, Backends.list().stream().map(crypto -> seen(attack, crypto)).toList());
      }
    }
    return seen;
  }

  private static Outcomes seen(Attack attack, CryptoProvider crypto) {
    return SEEN.computeIfAbsent(List.of(attack, crypto.name()), unseen -> attack.tryOn(crypto));
  }
}
