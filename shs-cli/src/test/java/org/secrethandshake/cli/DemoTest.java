package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemoTest {
  private static final String ESCAPE = "\u001b";

  @Test
  void tellsTheFourMessagesInOrderAndEndsWell() {
    Outcome outcome = new TestShell().run("demo", "--megabytes", "4");

    assertEquals(ExitCodes.OK, outcome.exitCode(), outcome.err());
    List<String> messages =
        outcome.out().lines().filter(line -> line.matches("  \\d  .*")).toList();
    assertEquals(4, messages.size());
    assertTrue(messages.get(0).startsWith("  1  clientHello          64 bytes  client --> server"));
    assertTrue(messages.get(1).startsWith("  2  serverHello          64 bytes  client <-- server"));
    assertTrue(messages.get(2).startsWith("  3  clientAuthenticate  112 bytes  client --> server"));
    assertTrue(messages.get(3).startsWith("  4  serverAccept         80 bytes  client <-- server"));
    assertTrue(outcome.out().contains("Done with bouncycastle: handshake"));
    assertTrue(outcome.out().contains("4 MiB at"));
    assertTrue(outcome.out().endsWith("both goodbyes seen." + System.lineSeparator()));
  }

  @Test
  void isPlainInAPipe() {
    String out = new TestShell().variable("TERM", "xterm").run("demo", "--megabytes", "4").out();

    assertTrue(
        Pattern.matches("[\\n\\x20-\\x7e]*", out.replace(System.lineSeparator(), "\n")), out);
    assertEquals(4, out.lines().filter(line -> line.startsWith("  transfer  ")).count());
  }

  @Test
  void hasColoursAndAMovingBarOnATerminal() {
    String out = terminal().run("demo", "--megabytes", "4").out();

    assertTrue(out.contains(ESCAPE + "[1m"));
    assertTrue(out.contains("\r  transfer  "));
    assertTrue(out.contains("█"));
  }

  @Test
  void hasNoColoursWhenTheUserWantsNone() {
    String out = terminal().variable("NO_COLOR", "1").run("demo", "--megabytes", "4").out();

    assertFalse(out.contains(ESCAPE));
    assertTrue(out.contains("\r  transfer  "));
  }

  private static TestShell terminal() {
    return new TestShell()
        .terminals(Shell.Stream.OUT)
        .variable("TERM", "xterm")
        .variable("LANG", "C.UTF-8");
  }
}
