package org.secrethandshake.conformance.load;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this process holds.
 *
 * @param heap bytes that are in use after full collections
 * @param resident bytes of memory, the heap's included, on Linux
 * @param threads of the platform; virtual ones are objects on the heap
 * @param handles open file descriptors, sockets among them
 */
record Vitals(long heap, long resident, int threads, long handles) {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final double MIB = 1024 * 1024;

  /** Collects garbage and looks. */
  static Vitals now() throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      // Cleaners run on a thread of their own, and free what the next collection finds.
      Thread.sleep(50);
    }
    return new Vitals(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        residentBytes(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        openHandles());
  }

  private static long residentBytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    Matcher line = RESIDENT.matcher(Files.exists(status) ? Files.readString(status) : "");
    return line.find() ? 1024 * Long.parseLong(line.group(1)) : 0;
  }

  private static long openHandles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "heap %.1f MiB, resident %.1f MiB, %d threads, %d handles",
        heap / MIB,
        resident / MIB,
        threads,
        handles);
  }
}
