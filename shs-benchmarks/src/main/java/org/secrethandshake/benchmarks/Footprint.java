package org.secrethandshake.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.secrethandshake.benchmarks.jmh.JmhRuns.Extent;
import org.secrethandshake.benchmarks.report.Findings;
import org.secrethandshake.benchmarks.report.Findings.Figure;
import org.secrethandshake.benchmarks.report.Findings.Task;
import org.secrethandshake.benchmarks.report.Section;

/** Cold start, memory and size on disk. A backend that fails leaves a note. */
record Footprint(Jars jars, Findings findings) {
  List<Task> tasks(Extent extent, List<String> backends) {
    int starts = extent == Extent.BRIEF ? 3 : extent == Extent.QUICK ? 5 : 15;
    List<Integer> counts =
        switch (extent) {
          case BRIEF -> List.of();
          case QUICK -> List.of(1_000);
          case FULL -> List.of(1_000, 10_000, 1_000, 1_000);
        };
    List<Task> tasks = new ArrayList<>();
    Duration estimate = Duration.ofMillis(700).multipliedBy((long) backends.size() * (starts + 1));
    tasks.add(new Task("cold starts", estimate, () -> coldStarts(backends, starts)));
    for (int count : counts) {
      for (String backend : backends) {
        Findings.Work work = () -> attempt("memory", backend, () -> memory(backend, count));
        tasks.add(new Task("memory with " + backend, Duration.ofMillis(2500 + count), work));
      }
    }
    return tasks;
  }

  private void coldStarts(List<String> backends, int rounds) throws InterruptedException {
    if (!backends.stream().allMatch(jars::separate)) {
      findings.note("Not all have separate jars here: the others were started with all backends.");
    }
    List<String> subjects = new ArrayList<>(List.of(ColdStart.JVM_ALONE));
    Findings notCounted = new Findings();
    Figure disk = new Figure(Section.DISK, "");
    for (String backend : backends) {
      attempt("size", backend, () -> findings.add(disk, backend, jars.bytes(backend) / 1e6));
      if (attempt("cold start", backend, () -> ColdStart.measure(backend, jars, notCounted))) {
        subjects.add(backend);
      }
    }
    // In turns, so that whatever disturbs the machine meets them alike.
    for (int round = 0; round < rounds; round++) {
      for (String subject : subjects) {
        attempt("cold start", subject, () -> ColdStart.measure(subject, jars, findings));
      }
    }
  }

  private void memory(String backend, int count) throws IOException {
    List<Double> bytes = IdleChannels.measure(backend, count, jars);
    String things = String.format(Locale.ROOT, ", %,d channels", count);
    add("heap" + things, backend, bytes.get(0) / count);
    add("native" + things, backend, bytes.get(1) / count);
  }

  /** A process may lose a page that it did not need; nothing takes less than no memory. */
  private void add(String variant, String backend, double bytes) {
    findings.add(new Figure(Section.MEMORY, variant), backend, Math.max(0, bytes) / 1024);
  }

  private boolean attempt(String what, String subject, Findings.Work work)
      throws InterruptedException {
    try {
      work.run();
      return true;
    } catch (IOException e) {
      findings.note("There is no %s of %s: %s".formatted(what, subject, e.getMessage()));
      return false;
    }
  }
}
