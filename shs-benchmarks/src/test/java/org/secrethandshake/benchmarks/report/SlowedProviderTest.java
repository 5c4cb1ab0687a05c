package org.secrethandshake.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.secrethandshake.benchmarks.jmh.BoxStreamBenchmark;
import org.secrethandshake.benchmarks.jmh.JmhResults;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.spi.CryptoProvider;

/** A backend from outside, slow on purpose, goes through the benchmarks themselves. */
class SlowedProviderTest {
  private static final String HONEST = "bouncycastle";

  /** A packet is two boxes: its header and its body. */
  private static final int BOXES = 2;

  @TempDir private Path folder;

  @Test
  void isSeenByTimeAndByAllocationAndByTheComparison() throws Exception {
    List<Measurement> measured = measure();
    Measurement before = of(HONEST, measured);
    Measurement now = of(SlowedProvider.NAME, measured);

    Comparison comparison =
        Comparison.between("the honest copy", List.of(before), List.of(named(HONEST, now)));

    Change change = comparison.changes().get(0);
    assertEquals("worse", change.verdict());
    assertTrue(change.beyondNoise(), change::toString);
    assertTrue(change.allocatesOtherwise(), change::toString);
    assertTrue(
        now.allocatedBytes().getAsDouble() >= BOXES * SlowedProvider.ALLOCATED_BYTES,
        now::toString);
  }

  private List<Measurement> measure() throws Exception {
    Path json = folder.resolve("jmh.json");
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    try (URLClassLoader loader = loaderThatInstallsTheSlowOne(usual)) {
      thread.setContextClassLoader(loader);
      new Runner(
              new OptionsBuilder()
                  .include(BoxStreamBenchmark.class.getSimpleName() + ".boxAndUnbox")
                  .param("provider", HONEST, SlowedProvider.NAME)
                  .param("bodyBytes", "64")
                  .forks(0)
                  .warmupIterations(1)
                  .warmupTime(TimeValue.milliseconds(300))
                  .measurementIterations(7)
                  .measurementTime(TimeValue.milliseconds(60))
                  .addProfiler(GCProfiler.class)
                  .shouldFailOnError(true)
                  .verbosity(VerboseMode.SILENT)
                  .resultFormat(ResultFormatType.JSON)
                  .result(json.toString())
                  .build())
          .run();
    } finally {
      thread.setContextClassLoader(usual);
    }
    return JmhResults.read(json);
  }

  private URLClassLoader loaderThatInstallsTheSlowOne(ClassLoader parent) throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(CryptoProvider.class.getName()), SlowedProvider.class.getName());
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}, parent);
  }

  private static Measurement of(String subject, List<Measurement> measured) {
    return measured.stream().filter(m -> m.subject().equals(subject)).findFirst().orElseThrow();
  }

  private static Measurement named(String subject, Measurement of) {
    return new Measurement(of.figure(), subject, of.samples(), of.allocatedBytes());
  }
}
