package org.secrethandshake.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.secrethandshake.benchmarks.jmh.JmhRuns.Extent;
import org.secrethandshake.benchmarks.report.Findings;
import org.secrethandshake.benchmarks.report.Findings.Figure;
import org.secrethandshake.benchmarks.report.Findings.Measurement;
import org.secrethandshake.benchmarks.report.Findings.Task;
import org.secrethandshake.benchmarks.report.Section;

/** The programs that are run as processes of their own. */
class ProgramsTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String BACKEND = "bouncycastle";

  private final Findings findings = new Findings();
  @TempDir private Path folder;

  private static Child shell(Duration limit, String script) throws IOException {
    return new Child("The program", limit, List.of("sh", "-c", script));
  }

  @Test
  void saysWhyAProgramFailed() throws Exception {
    try (Child child = shell(LONG, "echo bench.js:3; echo 'SyntaxError: no such thing'; exit 3")) {
      IOException failed = assertThrows(IOException.class, child::toEnd);
      assertEquals(
          "The program failed with exit code 3: SyntaxError: no such thing", failed.getMessage());
    }
  }

  @Test
  void endsAProgramThatTakesTooLongWithAllThatItStarted() throws Exception {
    try (Child child = shell(Duration.ofMillis(200), "sleep 600; true")) {
      assertThrows(IOException.class, child::toEnd);
    }
    assertTrue(ProcessHandle.current().descendants().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void refusesALineThatIsNotAFigure() throws Exception {
    try (Child child = shell(LONG, "echo '{no JSON'")) {
      String message = assertThrows(IOException.class, child::next).getMessage();
      assertTrue(message.startsWith("The program printed a line that is not a figure"), message);
    }
  }

  @Test
  void turnsMicrosecondsIntoTheUnitsOfTheReport() throws Exception {
    List<Double> two = List.of(500.0, 8.192);
    Beside.add(
        "C",
        List.of(
            new Child.Line("libsodium 1", "", "", List.of()),
            new Child.Line("", "handshake", "µs", two),
            new Child.Line("", "packet 4096", "µs", two),
            new Child.Line("", "one way", "MB/s", two)),
        findings);
    assertEquals(
        List.of(List.of(2000.0, 1e6 / 8.192), List.of(4096 / 500.0, 500.0), two),
        findings.measurements().stream().map(Measurement::samples).toList());
    assertEquals(List.of("C is libsodium 1."), findings.notes());
  }

  @Test
  void measuresColdStartAndMemory() throws Exception {
    Jars jars = Jars.found();
    ColdStart.measure(BACKEND, jars, findings);
    ColdStart.measure(ColdStart.JVM_ALONE, jars, findings);
    assertEquals(
        List.of(BACKEND, ColdStart.JVM_ALONE),
        findings.measurements().stream().map(Measurement::subject).toList());
    // Two buffers of a packet each are all but the whole of a channel.
    double heap = IdleChannels.measure(BACKEND, 20, jars).get(0) / 20;
    assertTrue(heap > 8_000 && heap < 64_000, () -> "a channel holds " + heap);
  }

  @Test
  void notesABackendThatFailsAndGoesOn() throws Exception {
    List<Task> tasks = new Footprint(Jars.found(), findings).tasks(Extent.BRIEF, List.of("nobody"));
    tasks.get(0).work().run();
    assertTrue(
        findings.notes().stream()
            .anyMatch(note -> note.startsWith("There is no cold start of nobody: Its program")),
        findings.notes()::toString);
    assertEquals(new Figure(Section.COLD_START, ""), findings.measurements().get(0).figure());
  }

  @Test
  void givesEachBackendItsOwnSignedJars() throws IOException {
    String names =
        "shs-api-0.1 shs-core-0.1 jspecify-1.0 shs-benchmarks-0.1 shs-crypto-sodium-0.1-sources"
            + " shs-crypto-sodium-0.1 shs-crypto-primitives-0.1 jna-5.19.0 lazysodium-java-5.1.4"
            + " bcprov-jdk18on-1.86";
    List<Path> here = new ArrayList<>();
    for (String name : names.split(" ")) {
      here.add(Files.write(folder.resolve(name + ".jar"), new byte[10]));
    }
    Jars jars = new Jars(here);
    assertEquals(8, jars.of("sodium").size());
    assertTrue(jars.of("sodium").stream().noneMatch(jar -> jar.toString().contains("bcprov")));
    assertEquals(40, jars.bytes("sodium"));
    assertEquals(Jars.classPath(), jars.of(BACKEND));
    assertThrows(IOException.class, () -> jars.bytes(BACKEND));
  }

  @ParameterizedTest
  @CsvSource({"BRIEF, PT2M", "QUICK, PT3M", "FULL, PT30M"})
  void staysWithinItsTime(Extent extent, Duration budget) throws IOException {
    List<String> three = List.of("sodium", BACKEND, "tink");
    Duration estimate =
        new BenchmarkRun(extent, three, true, true, "")
            .tasks(findings).stream().map(Task::estimate).reduce(Duration.ZERO, Duration::plus);
    assertTrue(estimate.compareTo(budget) <= 0, () -> extent + " takes " + estimate);
  }

  @Test
  void givesJmhAllBackendsUnlessSomeAreNamed() {
    List<String> two = List.of("sodium", "tink");
    List<String> all = Main.completed(List.of("-l"), two);
    assertTrue(all.containsAll(List.of("-l", "-p", "provider=sodium,tink")), all::toString);
    List<String> named = Main.completed(List.of("-p", "provider=tink"), two);
    assertTrue(named.stream().noneMatch(each -> each.contains("sodium")), named::toString);
  }
}
