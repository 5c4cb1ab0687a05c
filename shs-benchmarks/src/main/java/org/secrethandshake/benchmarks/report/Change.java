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
  /** Bytes per operation vary less than time, but short runs share out what the JVM needs. */
  private static final double SHARE = 0.05;

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
    return Noise.differBetweenRuns(figure().section(), statisticsBefore(), statisticsNow());
  }

  boolean allocatesOtherwise() {
    OptionalDouble old = before.allocatedBytes();
    OptionalDouble found = now.allocatedBytes();
    if (old.isEmpty() || found.isEmpty()) {
      return false;
    }
    double difference = Math.abs(found.getAsDouble() - old.getAsDouble());
    return difference >= Numbers.OBJECT_BYTES && difference > SHARE * old.getAsDouble();
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
