package org.secrethandshake.benchmarks.beside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.benchmarks.results.Figure;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Section;

class ReferenceTest {
  private static final String WHAT_TO_DO =
      ": install Node 18.3 or newer, and run 'npm ci --prefix interop' in the project's folder.";

  @TempDir Path folder;

  @Test
  void saysWhatToDoWhereThereIsNoNode() {
    assertNote("there is no node on the PATH");
  }

  @Test
  void saysWhatToDoWhereTheScriptsAreNotHere() throws Exception {
    node("exit 0");
    assertNote("its scripts, the project's folder interop, are not here");
  }

  @Test
  void saysWhatToDoWhereThePackagesAreNotInstalled() throws Exception {
    node("exit 0");
    Files.createFile(folder.resolve(Interop.THROUGHPUT));
    assertNote("its packages are not installed");
  }

  private void assertNote(String why) {
    NotMeasuredException absent =
        assertThrows(NotMeasuredException.class, () -> reference().measure(1));
    assertEquals(
        "The JavaScript reference was not measured, because " + why + WHAT_TO_DO,
        absent.getMessage());
  }

  @Test
  void takesTheFiguresOfBothScripts() throws Exception {
    installed();
    node(
        """
        case "$1 $4" in
          *bench.js\\ --json) echo '{"about":"secret-handshake 1 on Node v1"}'
            echo '{"figure":"handshake","unit":"handshakes/s","samples":[1500,1600.5]}' ;;
          *throughput.js\\ ) echo '{"figure":"one way","unit":"MB/s","samples":[200]}'
            echo '{"figure":"latency 16","unit":"µs","samples":[60]}' ;;
        esac
        """);
    Outcome outcome = reference().measure(2);
    assertEquals(
        List.of(
            new Measurement(
                new Figure(Section.HANDSHAKE, ""), "JavaScript reference", List.of(1500.0, 1600.5)),
            new Measurement(
                new Figure(Section.STREAM, "one way"), "JavaScript reference", List.of(200.0)),
            new Measurement(
                new Figure(Section.LATENCY, "16 bytes"), "JavaScript reference", List.of(60.0))),
        outcome.measurements());
    assertEquals(
        List.of("JavaScript reference is secret-handshake 1 on Node v1."), outcome.notes());
  }

  @Test
  void saysWhyAScriptFailed() throws Exception {
    installed();
    node("echo 'bench.js:3' >&2; echo 'SyntaxError: no such thing' >&2; exit 3");
    NotMeasuredException failed =
        assertThrows(NotMeasuredException.class, () -> reference().measure(1));
    assertEquals(
        "The JavaScript reference failed with exit code 3: SyntaxError: no such thing",
        failed.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no JSON",
        "null",
        "{}",
        "{\"figure\":\"unheard of\",\"unit\":\"MB/s\",\"samples\":[1]}",
        "{\"figure\":\"one way\",\"unit\":\"KB/s\",\"samples\":[1]}",
        "{\"figure\":\"one way\",\"unit\":\"MB/s\",\"samples\":[]}"
      })
  void refusesALineThatIsNoFigure(String line) {
    NotMeasuredException refused =
        assertThrows(NotMeasuredException.class, () -> ReferenceOutput.parse(line));
    assertEquals(
        "The JavaScript reference was not measured, because its script printed a line that is no"
            + " figure: '%s'.".formatted(line),
        refused.getMessage());
  }

  private Reference reference() {
    return new Reference(new SearchPath(List.of(folder)), folder);
  }

  private void installed() throws Exception {
    Files.createFile(folder.resolve(Interop.THROUGHPUT));
    Files.createDirectory(folder.resolve("node_modules"));
  }

  private void node(String script) throws Exception {
    Path file = Files.writeString(folder.resolve("node"), "#!/bin/sh\n" + script + "\n");
    file.toFile().setExecutable(true);
  }
}
