package org.secrethandshake.benchmarks.beside;

import java.util.ArrayList;
import java.util.List;
import org.secrethandshake.benchmarks.results.Figure;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Section;

/** The protocol's work done in C with libsodium alone. */
final class Floor {
  private static final double MICROS_PER_SECOND = 1e6;
  private static final List<Integer> BODY_BYTES = List.of(64, 256, 1024, 4096);

  private final SearchPath path;

  Floor(SearchPath path) {
    this.path = path;
  }

  /**
   * Compiles and runs the program.
   *
   * @param rounds how many samples each figure gets
   * @throws NotMeasuredException if it cannot be compiled here
   */
  Outcome measure(int rounds) throws NotMeasuredException, InterruptedException {
    try (FloorProgram program = FloorProgram.compile(path)) {
      Readings readings = program.run(Core.ANY, rounds);
      return new Outcome(
          measurements(readings),
          List.of("%s is %s of this machine.".formatted(Beside.FLOOR, readings.title())));
    }
  }

  static List<Measurement> measurements(Readings readings) throws NotMeasuredException {
    List<Measurement> measurements = new ArrayList<>();
    measurements.add(
        measurement(Section.HANDSHAKE, "", readings.of(Readings.HANDSHAKE), MICROS_PER_SECOND));
    for (int bytes : BODY_BYTES) {
      // A byte in a microsecond is a megabyte in a second.
      measurements.add(
          measurement(
              Section.PACKET, bytes + " bytes", readings.of(Readings.packet(bytes)), bytes));
    }
    return measurements;
  }

  private static Measurement measurement(
      Section section, String variant, List<Double> micros, double amount) {
    return new Measurement(
        new Figure(section, variant),
        Beside.FLOOR,
        micros.stream().map(sample -> amount / sample).toList());
  }
}
