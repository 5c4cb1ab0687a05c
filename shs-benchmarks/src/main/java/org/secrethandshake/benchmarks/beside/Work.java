package org.secrethandshake.benchmarks.beside;

import java.time.Duration;

/**
 * One figure's work, repeated for a time.
 *
 * @param figure its name among the readings
 * @param batch how often it runs between two looks at the clock
 * @param operation the work
 */
record Work(String figure, int batch, Operation operation) {
  private static final double NANOS_PER_MICRO = 1e3;

  /** Repeats it for a time; returns the microseconds of one. */
  double repeat(Duration time) throws Exception {
    long start = System.nanoTime();
    long count = 0;
    long elapsed;
    do {
      for (int i = 0; i < batch; i++) {
        operation.run();
      }
      count += batch;
      elapsed = System.nanoTime() - start;
    } while (elapsed < time.toNanos());
    return elapsed / NANOS_PER_MICRO / count;
  }

  interface Operation {
    void run() throws Exception;
  }
}
