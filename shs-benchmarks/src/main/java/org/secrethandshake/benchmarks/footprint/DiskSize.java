package org.secrethandshake.benchmarks.footprint;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.secrethandshake.benchmarks.results.Section;

/** What a backend adds to an application on disk: its own jar and those it depends on. */
final class DiskSize {
  private static final double BYTES_PER_MEGABYTE = 1e6;

  private final BackendJars jars;
  private final Findings findings;

  DiskSize(BackendJars jars, Findings findings) {
    this.jars = jars;
    this.findings = findings;
  }

  void measure(List<String> backends) {
    for (String backend : backends) {
      findings.attempt("size on disk", backend, () -> measure(backend));
    }
  }

  private void measure(String backend) throws IOException {
    OptionalLong bytes = jars.bytes(backend);
    if (bytes.isEmpty()) {
      throw new IOException("its jars are not known one by one");
    }
    findings.add(Section.DISK, "", backend, bytes.getAsLong() / BYTES_PER_MEGABYTE);
  }
}
