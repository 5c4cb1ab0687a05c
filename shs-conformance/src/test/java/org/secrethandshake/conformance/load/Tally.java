package org.secrethandshake.conformance.load;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;

/** How often each thing happened. Thread-safe. */
final class Tally {
  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

  void add(String what) {
    counts.computeIfAbsent(what, absent -> new LongAdder()).increment();
  }

  /** Counts a failure under its reason. */
  void add(Throwable failure) {
    add(reason(failure));
  }

  /** Returns the reason of a failure, or the name of an exception that has none. */
  static String reason(Throwable failure) {
    if (failure instanceof HandshakeException handshake) {
      return handshake.reason().name();
    }
    return failure instanceof BoxStreamException stream
        ? stream.reason().name()
        : failure.getClass().getSimpleName();
  }

  long of(String what) {
    LongAdder count = counts.get(what);
    return count == null ? 0 : count.sum();
  }

  long total() {
    return counts.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Waits until so many were counted; answers whether that came true in time. */
  boolean awaitTotal(long total, int seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (total() < total && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    return total() == total;
  }

  @Override
  public String toString() {
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
  }
}
