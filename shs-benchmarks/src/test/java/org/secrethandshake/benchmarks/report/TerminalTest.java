package org.secrethandshake.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.benchmarks.results.Section;

final class TerminalTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private Instant now = Instant.EPOCH;

  @Test
  void drawsABarForEachSubjectAndEndsWithTheAdvice() {
    Results results =
        Samples.none()
            .with(Section.HANDSHAKE, "", List.of("sodium", "bouncycastle"), 2000, 1000)
            .of("sodium", "bouncycastle");
    assertEquals(
        """
        Handshakes, handshakes/s, more is better
          sodium               ########################     2,000/s  best
          bouncycastle         ############                 1,000/s  2.0x slower

        Use sodium on this machine.
        """,
        TerminalTable.render(results, false));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void staysWithinEightyColumns(boolean unicode) {
    TerminalTable.render(Samples.everything(), unicode)
        .lines()
        .forEach(line -> assertTrue(line.length() <= 80, line));
  }

  @Test
  void printsNothingButAsciiWhereThatIsAsked() {
    String text = TerminalTable.render(Samples.everything(), false);
    assertTrue(text.chars().allMatch(character -> character < 128), text);
  }

  @Test
  void tellsTheTimeLeftByThePaceSoFar() {
    try (TerminalProgress progress = progress(false)) {
      progress.starting("handshake, sodium", Duration.ofSeconds(50));
      now = now.plusSeconds(75);
      progress.starting("handshake, tink", Duration.ofSeconds(50));
    }
    assertEquals(
        """
        [....................]  0 %  1 min 40 s left  handshake, sodium
        [##########..........] 50 %  1 min 15 s left  handshake, tink
        """,
        lines());
  }

  @Test
  void neverPromisesLessThanNothing() {
    try (TerminalProgress progress = progress(false)) {
      progress.starting("first", Duration.ofSeconds(100));
      now = now.plusSeconds(500);
      progress.starting("unexpected", Duration.ofSeconds(100));
      now = now.plusSeconds(5000);
      progress.starting("last", Duration.ZERO);
    }
    assertTrue(lines().contains("[##########..........] 50 %  8 min 20 s left  unexpected"));
    assertTrue(lines().endsWith("[####################] 100 %  0 s left  last\n"), lines());
  }

  @Test
  void drawsOverTheSameLineOfATerminalAndClearsItInTheEnd() {
    try (TerminalProgress progress = progress(true)) {
      progress.starting("one", Duration.ofSeconds(50));
      progress.starting("two", Duration.ofSeconds(50));
    }
    assertEquals(0, lines().chars().filter(character -> character == '\n').count());
    assertTrue(lines().endsWith("\r" + " ".repeat(79) + "\r"));
  }

  private TerminalProgress progress(boolean terminal) {
    return new TerminalProgress(
        Duration.ofSeconds(100),
        () -> now,
        new PrintStream(printed, true, StandardCharsets.UTF_8),
        terminal);
  }

  private String lines() {
    return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
