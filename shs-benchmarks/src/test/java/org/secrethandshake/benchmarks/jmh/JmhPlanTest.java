package org.secrethandshake.benchmarks.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.runner.options.Options;
import org.secrethandshake.benchmarks.results.Extent;

class JmhPlanTest {
  private static final List<String> PROVIDERS = List.of("bouncycastle", "sodium", "tink");

  @ParameterizedTest
  @CsvSource({"BRIEF, PT1M30S", "QUICK, PT2M5S", "FULL, PT22M"})
  void staysWithinItsTime(Extent extent, Duration budget) {
    Duration estimate = JmhRuns.estimate(extent, PROVIDERS);
    assertTrue(estimate.compareTo(budget) <= 0, () -> extent + " takes " + estimate);
  }

  @Test
  void looksFirstAtWhatTheChartsShow() {
    assertEquals(
        List.of(
            "Handshakes",
            "Packets, sealed and opened: 64 bytes",
            "Packets, sealed and opened: 256 bytes",
            "Packets, sealed and opened: 1024 bytes",
            "Packets, sealed and opened: 4096 bytes",
            "Streams over loopback TCP: one way",
            "Request and response over loopback TCP: 16 bytes",
            "Handshakes over loopback TCP: 10 in flight"),
        parts(Extent.QUICK).stream().map(Part::what).toList());
  }

  @Test
  void measuresEveryBenchmarkInFull() {
    assertEquals(
        Benchmarks.matching(".*").size(),
        parts(Extent.FULL).stream().map(Part::benchmark).distinct().count());
  }

  @Test
  void measuresChannelsOnTwoThreadsToo() {
    List<String> onTwo =
        parts(Extent.FULL).stream()
            .filter(part -> part.threads() == 2)
            .map(part -> part.figure().variant())
            .toList();
    assertEquals(
        List.of(
            "both ways, 2 threads",
            "one way, 2 threads",
            "16 bytes, 2 threads",
            "256 bytes, 2 threads",
            "1024 bytes, 2 threads"),
        onTwo);
  }

  @Test
  void countsPairsOfBackendsWhereBothAreNamed() {
    assertEquals(
        9,
        parts(Extent.FULL).stream()
            .filter(part -> part.benchmark().endsWith("MixedPairBenchmark.handshake"))
            .mapToInt(Part::subjects)
            .sum());
  }

  @Test
  void asksJmhForOneFigureOfAllBackends() {
    Part packets = parts(Extent.QUICK).get(1);
    Options options = packets.options(PROVIDERS);
    assertEquals(PROVIDERS, List.copyOf(options.getParameter("provider").get()));
    assertEquals(List.of("64"), List.copyOf(options.getParameter("bodyBytes").get()));
    assertEquals(
        List.of(packets.benchmark()),
        Benchmarks.matching(options.getIncludes().get(0)).stream()
            .map(found -> found.getUsername())
            .collect(Collectors.toList()));
  }

  private static List<Part> parts(Extent extent) {
    return new JmhPlan(extent, PROVIDERS.size()).parts();
  }
}
