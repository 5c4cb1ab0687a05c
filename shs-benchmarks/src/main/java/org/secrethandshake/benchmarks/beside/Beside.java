package org.secrethandshake.benchmarks.beside;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.benchmarks.results.Extent;
import org.secrethandshake.benchmarks.results.Progress;

/**
 * Measures other implementations in the same run: libsodium in C, and the JavaScript reference.
 *
 * <p>What is missing on this machine, or fails, leaves a note and nothing else.
 */
public final class Beside {
  /** The subject of what C does with libsodium alone. */
  public static final String FLOOR = "libsodium in C";

  /** The subject of what the JavaScript implementation does. */
  public static final String REFERENCE = "JavaScript reference";

  private static final Duration FLOOR_START = Duration.ofMillis(500);
  private static final Duration FLOOR_ROUND = Duration.ofMillis(600);
  private static final Duration REFERENCE_START = Duration.ofMillis(3500);
  private static final Duration REFERENCE_ROUND = Duration.ofMillis(1200);

  private Beside() {}

  /**
   * Measures what is asked for.
   *
   * @param interop the folder of the reference's scripts, or {@code null} to look for it in the
   *     current folder and above the jar
   */
  public static Outcome measure(
      Extent extent, boolean floor, boolean reference, @Nullable Path interop, Progress progress)
      throws InterruptedException {
    SearchPath path = SearchPath.ofEnvironment();
    Outcome outcome = Outcome.NONE;
    if (floor) {
      progress.starting(FLOOR, estimate(extent, true, false));
      outcome = outcome.and(orNote(() -> new Floor(path).measure(floorRounds(extent))));
    }
    if (reference) {
      progress.starting(REFERENCE, estimate(extent, false, true));
      outcome =
          outcome.and(orNote(() -> new Reference(path, interop).measure(referenceRounds(extent))));
    }
    return outcome;
  }

  /** How long that takes, about. */
  public static Duration estimate(Extent extent, boolean floor, boolean reference) {
    Duration both = Duration.ZERO;
    if (floor) {
      both = both.plus(FLOOR_START).plus(FLOOR_ROUND.multipliedBy(floorRounds(extent)));
    }
    if (reference) {
      both = both.plus(REFERENCE_START).plus(REFERENCE_ROUND.multipliedBy(referenceRounds(extent)));
    }
    return both;
  }

  private static int floorRounds(Extent extent) {
    return switch (extent) {
      case BRIEF -> 4;
      case QUICK -> 9;
      case FULL -> 25;
    };
  }

  private static int referenceRounds(Extent extent) {
    return switch (extent) {
      case BRIEF -> 4;
      case QUICK -> 7;
      case FULL -> 30;
    };
  }

  private static Outcome orNote(Measuring measuring) throws InterruptedException {
    try {
      return measuring.measure();
    } catch (NotMeasuredException e) {
      return Outcome.ofNote(e.sentence());
    }
  }

  private interface Measuring {
    Outcome measure() throws NotMeasuredException, InterruptedException;
  }
}
