package org.secrethandshake.benchmarks.footprint;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.secrethandshake.benchmarks.results.Extent;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Progress;

/**
 * What a backend costs apart from its speed: the start from cold, memory at rest, size on disk.
 * Each is measured in JVMs of its own, which end before this returns.
 *
 * @param measurements what was measured; a backend that failed has none of the part where it did
 * @param notes sentences about what was left out, and why
 */
public record Footprint(List<Measurement> measurements, List<String> notes) {
  /** Keeps copies. */
  public Footprint {
    measurements = List.copyOf(measurements);
    notes = List.copyOf(notes);
  }

  /** Returns how long {@link #measure} should take. */
  public static Duration estimate(Extent extent, List<String> providers) {
    return Plan.of(extent).ofAll(providers.size());
  }

  /**
   * Measures.
   *
   * @param providers the names of backends
   * @throws IOException if the jars that this runs from cannot be listed
   */
  public static Footprint measure(Extent extent, List<String> providers, Progress progress)
      throws IOException {
    return measure(Plan.of(extent), providers, BackendJars.found(), progress);
  }

  static Footprint measure(Plan plan, List<String> providers, BackendJars jars, Progress progress) {
    Findings findings = new Findings();
    if (!jars.separate()) {
      findings.note(
          "The separate jars are not beside the runnable one, so every cold start and memory run"
              + " had all backends on its class path, in a single unsigned jar.");
    }
    new DiskSize(jars, findings).measure(providers);
    progress.starting("cold starts", plan.ofColdStarts(providers.size()));
    new ColdStart(jars, findings).measure(providers, plan.coldStarts());
    new MemoryRuns(plan, jars, findings, progress).measure(providers);
    return new Footprint(findings.measurements(), findings.notes());
  }
}
