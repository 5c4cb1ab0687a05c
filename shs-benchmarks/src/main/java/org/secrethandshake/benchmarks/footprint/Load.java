package org.secrethandshake.benchmarks.footprint;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.secrethandshake.benchmarks.results.Section;

/**
 * What a number of things hold in memory, as a child prints it and its parent reads it.
 *
 * @param count how many
 * @param growth what the JVM holds more than without them
 */
record Load(int count, MemoryReading growth) {
  private static final int MAX_FIRST = 500;
  private static final double BYTES_PER_KIB = 1024;

  static Load parse(String line) {
    String[] words = line.split(" ", -1);
    return new Load(
        Integer.parseInt(words[0]),
        new MemoryReading(Long.parseLong(words[1]), Long.parseLong(words[2])));
  }

  String line() {
    return count + " " + growth.heapBytes() + " " + growth.nativeBytes();
  }

  /** Adds the share of each. */
  void addTo(Findings findings, String things, String backend) {
    String number = String.format(Locale.ROOT, "%,d", count);
    add(findings, "heap, " + number + " " + things, backend, growth.heapBytes());
    add(findings, "native, " + number + " " + things, backend, growth.nativeBytes());
  }

  private void add(Findings findings, String variant, String backend, long bytes) {
    // A process may lose a page that it did not need; nothing takes less than no memory.
    double each = Math.max(0, bytes) / BYTES_PER_KIB / count;
    findings.add(Section.MEMORY, variant, backend, each);
  }

  /** The largest of some counts, which are ascending. */
  static int most(List<Integer> counts) {
    return counts.get(counts.size() - 1);
  }

  /** How many to make and drop before, so that a JVM has paid what it pays once. */
  static int first(List<Integer> counts) {
    return Math.min(MAX_FIRST, most(counts));
  }

  /** The arguments of a child: the backend, how many to make and drop before, and the counts. */
  static String[] arguments(String backend, List<Integer> counts) {
    return Stream.concat(
            Stream.of(backend),
            Stream.concat(Stream.of(first(counts)), counts.stream()).map(String::valueOf))
        .toArray(String[]::new);
  }

  /** The counts among the arguments of a child. */
  static List<Integer> counts(String[] arguments) {
    return Stream.of(arguments).skip(2).map(Integer::valueOf).toList();
  }
}
