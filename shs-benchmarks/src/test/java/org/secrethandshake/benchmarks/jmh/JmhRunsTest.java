package org.secrethandshake.benchmarks.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.secrethandshake.benchmarks.jmh.JmhRuns.Extent;
import org.secrethandshake.benchmarks.jmh.JmhRuns.Part;

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
    Set<String> measured = new TreeSet<>();
    for (Part part : JmhRuns.parts(Extent.FULL)) {
      measured.addAll(found(part.options(Extent.FULL, BACKENDS).getIncludes().get(0)));
    }
    assertEquals(found(".*"), measured);
  }

  private static Set<String> found(String pattern) {
    var silence = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    Set<String> names = new TreeSet<>();
    BenchmarkList.defaultList()
        .find(silence, List.of(pattern), List.of())
        .forEach(benchmark -> names.add(benchmark.getUsername()));
    return names;
  }
}
