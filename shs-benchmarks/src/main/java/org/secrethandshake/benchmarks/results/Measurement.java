package org.secrethandshake.benchmarks.results;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What was measured of one figure of one subject.
 *
 * @param figure what was measured
 * @param subject the name of a backend, or of what was measured beside them, such as {@code "C
 *     floor"}
 * @param samples one value per iteration, or per run of a program, in the unit of the section; at
 *     least one
 * @param allocatedBytes bytes of heap allocated per operation, where that was measured
 */
public record Measurement(
    Figure figure, String subject, List<Double> samples, OptionalDouble allocatedBytes) {
  /** Keeps a copy of the samples. */
  public Measurement {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a measurement needs a sample: " + figure);
    }
  }

  /** A measurement without bytes per operation. */
  public Measurement(Figure figure, String subject, List<Double> samples) {
    this(figure, subject, samples, OptionalDouble.empty());
  }
}
