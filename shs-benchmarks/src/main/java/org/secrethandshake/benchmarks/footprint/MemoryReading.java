package org.secrethandshake.benchmarks.footprint;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;

/**
 * What this JVM holds after full collections.
 *
 * @param heapBytes used heap
 * @param nativeBytes what lies outside the heap, up to a constant: on Linux the resident size of
 *     the process, in which a heap that was touched as a whole at the start does not change;
 *     elsewhere direct buffers alone
 */
record MemoryReading(long heapBytes, long nativeBytes) {
  /** The heap is resident from the start, so whatever the process gains lies outside of it. */
  static final String WHOLE_HEAP_RESIDENT = "-XX:+AlwaysPreTouch";

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final int BYTES_PER_KIB = 1024;
  private static final int MAX_COLLECTIONS = 10;
  private static final long STABLE_WITHIN_BYTES = 4096;
  private static final long PAUSE_MILLIS = 50;

  /** Collects until the heap is stable, and reads. */
  static MemoryReading settled() throws IOException, InterruptedException, JMException {
    long before = Long.MAX_VALUE;
    long used = usedAfterCollection();
    for (int i = 0; i < MAX_COLLECTIONS && before - used > STABLE_WITHIN_BYTES; i++) {
      before = used;
      used = usedAfterCollection();
    }
    // What was freed is not held, but the C library keeps it, from the compiler above all.
    Diagnostics.run("systemTrimNativeHeap");
    return new MemoryReading(used, outsideHeap());
  }

  MemoryReading since(MemoryReading earlier) {
    return new MemoryReading(heapBytes - earlier.heapBytes, nativeBytes - earlier.nativeBytes);
  }

  private static long usedAfterCollection() throws InterruptedException {
    System.gc();
    // Cleaners run on a thread of their own, and free what the next collection finds.
    Thread.sleep(PAUSE_MILLIS);
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long outsideHeap() throws IOException {
    if (!Files.exists(STATUS)) {
      return directBuffers();
    }
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(RESIDENT)) {
        return Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIB;
      }
    }
    return directBuffers();
  }

  private static long directBuffers() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
