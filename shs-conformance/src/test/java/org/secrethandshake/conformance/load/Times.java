package org.secrethandshake.conformance.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long each of many things took. Thread-safe. */
final class Times {
  private static final double NANOS_OF_A_MILLI = 1e6;

  private final List<Long> all = new ArrayList<>();

  /** Adds what began at a reading of the clock and has ended now. */
  synchronized void addSince(long begun) {
    all.add(System.nanoTime() - begun);
  }

  synchronized int count() {
    return all.size();
  }

  /** Returns the longest, in milliseconds. */
  synchronized double longest() {
    return all.stream().mapToLong(Long::longValue).max().orElse(0) / NANOS_OF_A_MILLI;
  }

  @Override
  public synchronized String toString() {
    List<Long> sorted = all.stream().sorted().toList();
    return sorted.isEmpty()
        ? "nothing timed"
        : String.format(
            Locale.ROOT,
            "%d timed, median %.1f ms, 99 %% within %.1f ms, longest %.1f ms",
            sorted.size(),
            sorted.get(sorted.size() / 2) / NANOS_OF_A_MILLI,
            sorted.get((int) (sorted.size() * 0.99)) / NANOS_OF_A_MILLI,
            longest());
  }
}
