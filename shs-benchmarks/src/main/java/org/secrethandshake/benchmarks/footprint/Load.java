package org.secrethandshake.benchmarks.footprint;

import java.util.List;
import java.util.Locale;
import org.secrethandshake.benchmarks.results.Section;

/**
 * What a number of things hold in memory, as a child prints it and its parent reads it.
 *
 * @param count how many
 * @param growth what the JVM holds more than without them
 */
record Load(int count, MemoryReading growth) {
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

  /** The numbers of a child's arguments, from the given one. */
  static List<Integer> counts(String[] arguments, int from) {
    return List.of(arguments).subList(from, arguments.length).stream()
        .map(Integer::valueOf)
        .toList();
  }

  static String[] arguments(List<String> first, List<Integer> counts) {
    return java.util.stream.Stream.concat(
            first.stream(), counts.stream().map(count -> Integer.toString(count)))
        .toArray(String[]::new);
  }
}
