package org.secrethandshake.benchmarks.report;

import java.util.OptionalDouble;
import org.secrethandshake.benchmarks.results.Better;
import org.secrethandshake.benchmarks.results.Figure;
import org.secrethandshake.benchmarks.results.Measurement;

/**
 * One figure of one subject in two runs.
 *
 * @param before what the older run measured
 * @param now what the newer one did
 */
record Change(Measurement before, Measurement now) {
  /** Of bytes per operation, which hardly vary: what a JVM allocates beside, and its share. */
  private static final double BYTES = 1;

  private static final double SHARE = 0.01;

  Figure figure() {
    return now.figure();
  }

  Statistics statisticsBefore() {
    return Statistics.of(before.samples());
  }

  Statistics statisticsNow() {
    return Statistics.of(now.samples());
  }

  boolean beyondNoise() {
    return Noise.differ(figure().section(), statisticsBefore(), statisticsNow());
  }

  boolean allocatesOtherwise() {
    OptionalDouble old = before.allocatedBytes();
    OptionalDouble found = now.allocatedBytes();
    if (old.isEmpty() || found.isEmpty()) {
      return false;
    }
    double difference = Math.abs(found.getAsDouble() - old.getAsDouble());
    return difference > BYTES && difference > SHARE * old.getAsDouble();
  }

  boolean matters() {
    return beyondNoise() || allocatesOtherwise();
  }

  String verdict() {
    if (!beyondNoise()) {
      return "within noise";
    }
    boolean higher = statisticsNow().median() > statisticsBefore().median();
    return higher == (figure().section().better() == Better.HIGHER) ? "better" : "worse";
  }
}
