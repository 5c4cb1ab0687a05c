package org.secrethandshake.benchmarks.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.secrethandshake.benchmarks.jmh.JmhRuns.Extent;

class JmhRunsTest {
  private static final List<String> BACKENDS = List.of("bouncycastle", "sodium", "tink");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private boolean smoke(String pattern, List<String> backends) {
    return JmhRuns.smoke(pattern, backends, new PrintStream(printed));
  }

  @Test
  void runsEveryBackendOnce() {
    assertTrue(smoke("HandshakeBenchmark", BACKENDS));
    assertEquals(3, printed.toString().lines().filter(line -> line.startsWith("ok")).count());
  }

  @Test
  void failsWithTheReasonOfABenchmark() {
    assertFalse(smoke("HandshakeBenchmark", List.of("missing")));
    assertTrue(printed.toString().contains("No crypto backend named 'missing' is installed."));
  }

  @Test
  void failsWithoutBenchmarks() {
    assertFalse(smoke("NoSuchBenchmark", BACKENDS));
    assertTrue(printed.toString().startsWith("FAILED"), printed::toString);
  }

  @Test
  void measuresEveryBenchmarkInFull() {
    Set<Object> measured = new HashSet<>();
    JmhRuns.parts(Extent.FULL)
        .forEach(part -> measured.addAll(found(part.options().split(" ")[0])));
    assertEquals(found(".*"), measured);
  }

  private static Set<Object> found(String pattern) {
    var silence = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    return new HashSet<>(BenchmarkList.defaultList().find(silence, List.of(pattern), List.of()));
  }
}
