package org.secrethandshake.benchmarks.footprint;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** How many files, and so sockets, a process may have open. */
final class OpenFiles {
  /** Jars, libraries, pipes, and room to spare. */
  private static final int OTHERS = 100;

  private OpenFiles() {}

  /** Returns those counts of sockets that are within the limit. */
  static List<Integer> within(List<Integer> counts) {
    long limit = limit();
    return counts.stream().filter(count -> count <= limit - OTHERS).toList();
  }

  static long limit() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }
}
