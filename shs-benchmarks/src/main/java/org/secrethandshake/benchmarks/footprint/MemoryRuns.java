package org.secrethandshake.benchmarks.footprint;

import java.io.IOException;
import java.util.List;
import org.secrethandshake.benchmarks.results.Progress;

/** The runs for memory, backend by backend and again, of idle channels and of handshakes. */
final class MemoryRuns {
  private final Plan plan;
  private final Findings findings;
  private final Progress progress;
  private final IdleChannels channels;
  private final HandshakesInProgress handshakes;

  MemoryRuns(Plan plan, BackendJars jars, Findings findings, Progress progress) {
    this.plan = plan;
    this.findings = findings;
    this.progress = progress;
    this.channels = new IdleChannels(jars, IdleChannels.HEAP_MIB);
    this.handshakes = new HandshakesInProgress(jars);
  }

  void measure(List<String> backends) {
    for (int run = 0; run < plan.memoryRuns(); run++) {
      for (String backend : backends) {
        List<Integer> counts = plan.channels(run);
        progress.starting("memory with " + backend, plan.ofMemoryRun(run));
        findings.attempt("memory of idle channels", backend, () -> idleChannels(backend, counts));
        findings.attempt("memory of handshakes", backend, () -> handshakes(backend));
      }
    }
  }

  private void idleChannels(String backend, List<Integer> counts) throws IOException {
    List<Integer> possible = OpenFiles.within(counts);
    if (!possible.equals(counts)) {
      findings.note(
          "A process may have %d files open here, so idle channels were measured at %s of %s."
              .formatted(OpenFiles.limit(), possible, counts));
    }
    if (!possible.isEmpty()) {
      for (Load load : channels.measure(backend, possible)) {
        load.addTo(findings, "idle channels", backend);
      }
    }
  }

  private void handshakes(String backend) throws IOException {
    for (Load load : handshakes.measure(backend, plan.counts())) {
      load.addTo(findings, "handshakes in progress", backend);
    }
  }
}
