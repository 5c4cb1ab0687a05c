package org.secrethandshake.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.benchmarks.beside.Beside;
import org.secrethandshake.benchmarks.beside.Outcome;
import org.secrethandshake.benchmarks.footprint.Footprint;
import org.secrethandshake.benchmarks.jmh.JmhRuns;
import org.secrethandshake.benchmarks.jmh.Providers;
import org.secrethandshake.benchmarks.results.Extent;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Progress;
import org.secrethandshake.spi.CryptoProvider;

/**
 * One run of everything: JMH, the programs for what JMH cannot see, and, where asked for, other
 * implementations beside them.
 *
 * @param extent how much, and how long
 * @param backends those to measure, by name; each is available
 * @param floor whether to measure libsodium in C
 * @param reference whether to measure the JavaScript reference
 * @param interop the folder of the reference's scripts, or {@code null} to look for it
 * @param command the command line that repeats the run, for the report's foot
 */
public record BenchmarkRun(
    Extent extent,
    List<String> backends,
    boolean floor,
    boolean reference,
    @Nullable Path interop,
    String command) {
  private static final String RAW_RESULTS = "jmh.json";

  /** Keeps a copy of the backends. */
  public BenchmarkRun {
    backends = List.copyOf(backends);
  }

  /** How long it takes, about. */
  public Duration estimate() {
    return JmhRuns.estimate(extent, backends)
        .plus(Footprint.estimate(extent, backends))
        .plus(Beside.estimate(extent, floor, reference));
  }

  /**
   * Measures, which keeps this machine busy.
   *
   * @param folder gets the raw results of JMH; created where needed
   */
  public Results measure(Path folder, Progress progress) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Instant start = Instant.now();
    List<Measurement> measurements = new ArrayList<>();
    List<String> notes = new ArrayList<>(Providers.unavailable());

    Path raw = folder.resolve(RAW_RESULTS);
    measurements.addAll(JmhRuns.run(extent, backends, raw, progress));
    Footprint footprint = Footprint.measure(extent, backends, progress);
    measurements.addAll(footprint.measurements());
    notes.addAll(footprint.notes());
    Outcome others = Beside.measure(extent, floor, reference, interop, progress);
    measurements.addAll(others.measurements());
    notes.addAll(others.notes());

    return new Results(measurements, notes, environment(start));
  }

  private Environment environment(Instant start) {
    List<Backend> measured =
        Providers.available().stream()
            .filter(provider -> backends.contains(provider.name()))
            .map((CryptoProvider provider) -> Backend.of(provider))
            .toList();
    return Environment.ofThisMachine(
        start, Duration.between(start, Instant.now()), command, measured);
  }
}
