package org.secrethandshake.benchmarks.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.benchmarks.results.Figure;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Section;

class JmhResultsTest {
  private List<Measurement> measurements;

  @BeforeEach
  void readResults() throws Exception {
    Path results = Path.of(JmhResultsTest.class.getResource("results.json").toURI());
    measurements = JmhResults.read(results);
  }

  @Test
  void takesEveryIterationOfEveryFork() {
    Measurement handshakes = only(Section.HANDSHAKE, "");
    assertEquals(List.of(2000.0, 2500.0, 4000.0, 5000.0), handshakes.samples());
    assertEquals(OptionalDouble.of(20480.25), handshakes.allocatedBytes());
  }

  @Test
  void joinsTheRunsOfOneFigure(@TempDir Path folder) throws Exception {
    Path results = Path.of(JmhResultsTest.class.getResource("results.json").toURI());
    JsonArray once = JsonParser.parseString(Files.readString(results)).getAsJsonArray();
    JsonArray twice = once.deepCopy();
    twice.addAll(once);
    Path file = Files.writeString(folder.resolve("twice.json"), twice.toString());

    List<Measurement> joined = JmhResults.read(file);

    assertEquals(measurements.size(), joined.size());
    for (int i = 0; i < joined.size(); i++) {
      Measurement one = measurements.get(i);
      assertEquals(one.allocatedBytes(), joined.get(i).allocatedBytes());
      assertEquals(
          Stream.of(one, one).flatMap(half -> half.samples().stream()).toList(),
          joined.get(i).samples());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PACKET, 4096 bytes, sodium, 512",
    "BOX, unbox 64 bytes, tink, 4",
    "STREAM, 'one way, 2 threads', sodium, 512",
    "STREAM, both ways, sodium, 256",
    "LATENCY, 16 bytes, bouncycastle, 20",
    "CONNECT, 10 in flight, sodium, 1000",
    "STEP, clientHello, sodium, 40",
    "MIXED, bouncycastle server, sodium client, 600",
    "OPERATION, verify, sodium, 41.5",
    "ADDRESS, one way, any backend, 1.5"
  })
  void givesEachFigureInTheUnitOfItsSection(
      Section section, String variant, String subject, double value) {
    Measurement measurement = only(section, variant);
    assertEquals(subject, measurement.subject());
    assertEquals(List.of(value), measurement.samples());
  }

  @Test
  void leavesOutOtherBenchmarksAndOtherUnits() {
    assertEquals(11, measurements.size());
  }

  @Test
  void knowsNoBytesWhereTheProfilerSawNone() {
    assertTrue(only(Section.OPERATION, "verify").allocatedBytes().isEmpty());
    assertTrue(only(Section.STEP, "clientHello").allocatedBytes().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[{}]", "[1]", "[", "{\"sections\": 1}"})
  void refusesAnotherFileByItsName(String content, @TempDir Path folder) throws IOException {
    Path other = Files.writeString(folder.resolve("other.json"), content);
    IOException refusal = assertThrows(IOException.class, () -> JmhResults.read(other));
    assertEquals("not a JSON result of JMH: other.json", refusal.getMessage());
  }

  private Measurement only(Section section, String variant) {
    List<Measurement> found =
        measurements.stream()
            .filter(measurement -> measurement.figure().equals(new Figure(section, variant)))
            .toList();
    assertEquals(1, found.size(), () -> section + " " + variant);
    return found.get(0);
  }
}
