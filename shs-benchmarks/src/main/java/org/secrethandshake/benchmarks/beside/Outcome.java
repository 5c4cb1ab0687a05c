package org.secrethandshake.benchmarks.beside;

import java.util.List;
import java.util.stream.Stream;
import org.secrethandshake.benchmarks.results.Measurement;

/**
 * What was measured beside our backends.
 *
 * @param measurements of {@link Beside#FLOOR} and {@link Beside#REFERENCE}
 * @param notes sentences that say what was measured, or why it was not and what to install
 */
public record Outcome(List<Measurement> measurements, List<String> notes) {
  /** Keeps copies. */
  public Outcome {
    measurements = List.copyOf(measurements);
    notes = List.copyOf(notes);
  }

  static final Outcome NONE = new Outcome(List.of(), List.of());

  static Outcome ofNote(String note) {
    return new Outcome(List.of(), List.of(note));
  }

  Outcome and(Outcome other) {
    return new Outcome(
        Stream.concat(measurements.stream(), other.measurements.stream()).toList(),
        Stream.concat(notes.stream(), other.notes.stream()).toList());
  }
}
