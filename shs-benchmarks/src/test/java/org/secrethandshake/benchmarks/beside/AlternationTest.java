package org.secrethandshake.benchmarks.beside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.secrethandshake.CryptoProviders;

class AlternationTest {
  @Test
  void readsBackendsTurnsAndTheFolderOfTheReference() {
    assertEquals(
        new AlternationOptions(List.of("sodium", "tink"), 3, Path.of("elsewhere")),
        AlternationOptions.parse(
            List.of("sodium", "--turns", "3", "tink", "--interop", "elsewhere")));
    assertEquals(new AlternationOptions(List.of(), 9, null), AlternationOptions.parse(List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "--turns, --turns needs a value.",
    "--turns 0, '--turns must be a whole number from 1, not 0.'",
    "--turns many, '--turns must be a whole number from 1, not many.'",
    "--fast, There is no option --fast."
  })
  void refusesAWrongCommandLine(String arguments, String sentence) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> AlternationOptions.parse(List.of(arguments.split(" "))));
    assertEquals(sentence, refused.getMessage());
  }

  @Test
  void comparesTheLeastOfAllTurnsWithTheFirstSubject() {
    Standings standings = new Standings();
    standings.add(
        "libsodium in C", new Readings("libsodium 1", Map.of("handshake", List.of(500.0, 400.0))));
    standings.add("sodium", new Readings("libsodium 2", Map.of("handshake", List.of(300.0))));
    standings.add(
        "libsodium in C", new Readings("libsodium 1", Map.of("handshake", List.of(450.0))));
    standings.add("sodium", new Readings("libsodium 2", Map.of("handshake", List.of(350.0))));
    Map<String, String> figures = new LinkedHashMap<>(Map.of("handshake", "both sides"));
    assertEquals(
        """
                                          libsodium in C                  sodium
        both sides                             400.00 µs       300.00 µs  0.750x
        """,
        standings.table(figures));
    assertEquals("libsodium in C: libsodium 1\nsodium: libsodium 2\n", standings.titles());
  }

  @Test
  void measuresABackendsTurnInTheFloorsFigures() throws Exception {
    Turn turn = new Turn(Duration.ofMillis(1), Duration.ofMillis(1), 2);
    Readings readings = turn.measure(CryptoProviders.named("bouncycastle"));
    assertTrue(readings.title().startsWith("Bouncy Castle"), readings::title);
    assertEquals(
        Set.of("handshake", "packet-64", "packet-1024", "packet-4096"), readings.micros().keySet());
    assertEquals(2, readings.of(Readings.HANDSHAKE).size());
  }

  @Test
  void measuresWhatMovesOneWay() throws Exception {
    OneWay oneWay = new OneWay(256 * 1024, 1, 2);
    Readings readings = oneWay.measure(CryptoProviders.named("bouncycastle"));
    assertEquals(2, readings.of(OneWay.FIGURE).size());
  }
}
