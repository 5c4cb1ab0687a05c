package org.secrethandshake.benchmarks.footprint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.secrethandshake.benchmarks.results.Extent;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Section;

class FootprintTest {
  private static final String BACKEND = "bouncycastle";

  @Test
  void startsBackendsFromColdAndTellsNativeLoadingApart() throws IOException {
    Map<String, Double> found =
        measured(new Plan(1, List.of(), 0), List.of(BACKEND, "sodium"), Section.COLD_START);
    assertEquals(
        List.of(
            "JVM alone total",
            "bouncycastle class loading",
            "bouncycastle first handshake",
            "bouncycastle total",
            "sodium class loading",
            "sodium first handshake",
            "sodium native loading",
            "sodium total"),
        found.keySet().stream().sorted().toList());
    double parts =
        found.get("bouncycastle class loading") + found.get("bouncycastle first handshake");
    assertTrue(parts > 0 && parts < found.get("bouncycastle total"), found::toString);
  }

  @Test
  void readsTheMemoryOfIdleChannelsAndHandshakes() throws IOException {
    Map<String, Double> found =
        measured(new Plan(0, List.of(10, 20), 1), List.of(BACKEND), Section.MEMORY);
    assertEquals(8, found.size(), found::toString);
    // Two buffers of a packet each are all but the whole of a channel.
    double channel = found.get("bouncycastle heap, 20 idle channels");
    assertTrue(channel > 8 && channel < 64, found::toString);
    double handshake = found.get("bouncycastle heap, 20 handshakes in progress");
    assertTrue(handshake < channel, found::toString);
  }

  @Test
  void notesABackendThatFailsAndGoesOn() throws IOException {
    Footprint footprint =
        Footprint.measure(
            new Plan(1, List.of(), 0),
            List.of("nobody", BACKEND),
            BackendJars.found(),
            (what, estimate) -> {});
    assertEquals(
        "No cold start of nobody: Rehearsal ended early with exit 1: Exception in thread \"main\""
            + " java.lang.IllegalStateException: no backend named nobody is on the class path.",
        footprint.notes().stream()
            .filter(note -> note.contains("cold start"))
            .findFirst()
            .orElse(""));
    assertTrue(
        footprint.measurements().stream().anyMatch(each -> each.subject().equals(BACKEND)),
        footprint::toString);
  }

  @Test
  void tellsWhatItDoesNext() throws IOException {
    List<String> parts = new ArrayList<>();
    Footprint.measure(
        new Plan(0, List.of(1), 1),
        List.of(),
        BackendJars.found(),
        (what, estimate) -> parts.add(what + ", " + estimate.toMillis() + " ms"));
    assertEquals(List.of("cold starts, 0 ms"), parts);
  }

  @Test
  void fitsItsShareOfEachRun() {
    List<String> three = List.of("sodium", "bouncycastle", "tink");
    assertTrue(Footprint.estimate(Extent.BRIEF, three).compareTo(Duration.ofSeconds(15)) <= 0);
    assertTrue(Footprint.estimate(Extent.QUICK, three).compareTo(Duration.ofSeconds(45)) <= 0);
    assertTrue(Footprint.estimate(Extent.FULL, three).compareTo(Duration.ofMinutes(4)) <= 0);
  }

  @Test
  void leavesOutMoreChannelsThanFilesMayBeOpen() {
    assertEquals(List.of(1), OpenFiles.within(List.of(1, Integer.MAX_VALUE)));
  }

  @Test
  void endsAChildThatIsClosed() throws IOException {
    List<Path> classPath = BackendJars.found().classPath(BACKEND);
    Child child = Child.start(classPath, List.of(), IdleServer.class, BACKEND, "1", "1");
    try (child) {
      assertFalse(child.line().isEmpty());
      IOException e = assertThrows(IOException.class, () -> child.line(Duration.ofMillis(100)));
      assertEquals("IdleServer said nothing for 0.1 s", e.getMessage());
    }
    assertFalse(child.isAlive());
  }

  private static Map<String, Double> measured(Plan plan, List<String> backends, Section section)
      throws IOException {
    Footprint footprint =
        Footprint.measure(plan, backends, BackendJars.found(), (what, estimate) -> {});
    return footprint.measurements().stream()
        .filter(each -> each.figure().section() == section)
        .collect(
            Collectors.toMap(
                each -> each.subject() + " " + each.figure().variant(), FootprintTest::onlySample));
  }

  private static double onlySample(Measurement measurement) {
    assertEquals(1, measurement.samples().size(), measurement::toString);
    return measurement.samples().get(0);
  }
}
