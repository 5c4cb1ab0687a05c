package org.secrethandshake.benchmarks.beside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.benchmarks.results.Figure;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Section;

class ReadingsTest {
  private static final String OUTPUT =
      """
      libsodium 1.0.18
      handshake 500.000 625.000
      packet-64 2.000 4.000
      packet-256 3.200 3.200
      packet-1024 5.120 5.120
      packet-4096 8.192 8.192
      """;

  @Test
  void readsTheTitleAndTheSamplesOfEachFigure() throws Exception {
    Readings readings = Readings.parse(OUTPUT);
    assertEquals("libsodium 1.0.18", readings.title());
    assertEquals(List.of(500.0, 625.0), readings.of("handshake"));
    assertEquals(List.of(2.0, 4.0), readings.of("packet-64"));
  }

  @Test
  void printsWhatItReads() throws Exception {
    assertEquals(OUTPUT.strip(), Readings.parse(OUTPUT).print());
  }

  @Test
  void turnsMicrosecondsIntoTheUnitsOfTheSections() throws Exception {
    List<Measurement> measurements = Floor.measurements(Readings.parse(OUTPUT));
    assertEquals(measurement(Section.HANDSHAKE, "", 2000, 1600), measurements.get(0));
    assertEquals(measurement(Section.PACKET, "64 bytes", 32, 16), measurements.get(1));
    assertEquals(measurement(Section.PACKET, "4096 bytes", 500, 500), measurements.get(4));
    assertEquals(5, measurements.size());
  }

  private static Measurement measurement(Section section, String variant, double... samples) {
    List<Double> boxed = DoubleStream.of(samples).boxed().toList();
    return new Measurement(new Figure(section, variant), Beside.FLOOR, boxed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"handshake", "handshake fast", "handshake 1.0 -2.0", "handshake 1.0 NaN"})
  void refusesALineThatIsNoFigure(String line) {
    NotMeasuredException refused =
        assertThrows(NotMeasuredException.class, () -> Readings.parse("libsodium 1\n" + line));
    assertEquals(
        "A program that measures printed a line that is no figure: '" + line + "'.",
        refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "libsodium 1.0.18\n"})
  void refusesOutputWithoutFigures(String output) {
    NotMeasuredException refused =
        assertThrows(NotMeasuredException.class, () -> Readings.parse(output));
    assertEquals("A program that measures printed no figure.", refused.getMessage());
  }

  @Test
  void namesTheFigureThatIsMissing() throws Exception {
    Readings readings = Readings.parse("libsodium 1.0.18\nhandshake 1.0");
    NotMeasuredException missing =
        assertThrows(NotMeasuredException.class, () -> Floor.measurements(readings));
    assertEquals("A program that measures left out 'packet-64'.", missing.getMessage());
  }
}
