package org.secrethandshake.benchmarks.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How much of a run is done, and how long the rest takes: as much longer than estimated as what is
 * done took longer.
 */
final class RemainingTime {
  /** Of a run's time: before that, its pace says nothing yet. */
  private static final double TOO_EARLY = 0.05;

  private final InstantSource clock;
  private final Instant start;
  private Instant partStart;
  private double total;
  private double done;
  private double part;

  RemainingTime(Duration total, InstantSource clock) {
    this.clock = clock;
    this.total = seconds(total);
    start = clock.instant();
    partStart = start;
  }

  /** The part before is finished, and another begins. */
  void starting(Duration estimate) {
    done += part;
    part = seconds(estimate);
    partStart = clock.instant();
    total = Math.max(total, done + part);
  }

  /** What is done of all, from 0 to 1. */
  double share() {
    return total == 0 ? 0 : Math.min(1, (done + partDone()) / total);
  }

  Duration left() {
    return Duration.ofMillis(Math.round((total - done - partDone()) * pace() * 1000));
  }

  /** A part that takes longer than estimated is as good as finished, never more than that. */
  private double partDone() {
    return Math.min(part, seconds(Duration.between(partStart, clock.instant())) / pace());
  }

  /** How many times longer than estimated the finished parts took. */
  private double pace() {
    double elapsed = seconds(Duration.between(start, partStart));
    return done < TOO_EARLY * total || elapsed <= 0 ? 1 : elapsed / done;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
