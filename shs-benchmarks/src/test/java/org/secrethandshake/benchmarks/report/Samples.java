package org.secrethandshake.benchmarks.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.secrethandshake.benchmarks.results.Figure;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Section;

/** Measurements made up for tests. */
final class Samples {
  static final String SODIUM = "sodium";
  static final String BOUNCY = "bouncycastle";
  static final String TINK = "tink";

  private final List<Measurement> measurements = new ArrayList<>();

  /** Eight samples within 2 % of a median. */
  static List<Double> around(double median) {
    return DoubleStream.of(0.98, 0.99, 0.995, 1, 1, 1.005, 1.01, 1.02)
        .mapToObj(factor -> factor * median)
        .toList();
  }

  /** What was measured of one figure, in the order of {@code subjects}. */
  Samples with(Section section, String variant, List<String> subjects, double... medians) {
    for (int i = 0; i < medians.length; i++) {
      with(section, variant, subjects.get(i), around(medians[i]), OptionalDouble.empty());
    }
    return this;
  }

  Samples with(
      Section section,
      String variant,
      String subject,
      List<Double> samples,
      OptionalDouble allocatedBytes) {
    measurements.add(
        new Measurement(new Figure(section, variant), subject, samples, allocatedBytes));
    return this;
  }

  Results of(String... backends) {
    return new Results(measurements, List.of(), environment(backends));
  }

  Results noted(String note, String... backends) {
    return new Results(measurements, List.of(note), environment(backends));
  }

  List<Measurement> measurements() {
    return List.copyOf(measurements);
  }

  static Environment environment(String... backends) {
    return new Environment(
        "A processor & its <model>",
        2,
        "A JVM 17.0.1",
        "A system 1.0",
        Instant.parse("2026-01-02T03:04:05Z"),
        Duration.ofSeconds(172),
        "java -jar benchmarks.jar report --quick",
        List.of(backends).stream().map(name -> new Backend(name, name + " 1.2.3")).toList());
  }

  /** A run as it looks, with every section, and with others beside the backends. */
  static Results everything() {
    List<String> all = List.of(SODIUM, BOUNCY, TINK);
    List<String> floor = List.of(SODIUM, BOUNCY, TINK, "libsodium in C", "JavaScript reference");
    Samples samples =
        none()
            .with(Section.HANDSHAKE, "", floor, 2041, 1093, 655, 2070, 1572)
            .with(Section.PACKET, "64 bytes", floor, 46.2, 45.1, 43.8, 61)
            .with(Section.PACKET, "256 bytes", floor, 152, 71.4, 70.2, 190)
            .with(Section.PACKET, "1024 bytes", floor, 372, 83.5, 82, 410)
            .with(Section.PACKET, "4096 bytes", floor, 531, 87.3, 86.6, 548, 268)
            .with(
                Section.STREAM,
                "one way",
                List.of(SODIUM, BOUNCY, TINK, "JavaScript reference"),
                388,
                82.1,
                81.9,
                97)
            .with(
                Section.LATENCY,
                "16 bytes",
                List.of(SODIUM, BOUNCY, TINK, "JavaScript reference"),
                31.2,
                33.9,
                34.2,
                121)
            .with(Section.CONNECT, "10 in flight", all, 1611, 1040, 601)
            .with(
                Section.COLD_START,
                "total",
                List.of(SODIUM, BOUNCY, TINK, "JVM alone"),
                702,
                481,
                655,
                52)
            .with(Section.COLD_START, "class loading", all, 120, 95, 130)
            .with(Section.MEMORY, "heap, 1,000 idle channels", all, 11.4, 9.6, 9.7)
            .with(Section.MEMORY, "native, 1,000 idle channels", all, 18.1, 9.1, 9.2)
            .with(Section.DISK, "", all, 3.91, 8.62, 11.4)
            .with(Section.STEP, "clientHello", all, 16.2, 25.1, 154)
            .with(Section.MIXED, "bouncycastle server", List.of("sodium client"), 811)
            .with(Section.BOX, "box 64 bytes", all, 0.61, 0.7, 0.71)
            .with(Section.OPERATION, "hash", all, 0.41, 0.52, 0.111)
            .with(Section.ADDRESS, "net and shs", List.of("any backend"), 0.93);
    samples.with(Section.BOX, "unbox 64 bytes", SODIUM, around(0.62), OptionalDouble.of(0.2));
    samples.with(Section.BOX, "unbox 64 bytes", BOUNCY, around(0.9), OptionalDouble.of(192));
    return samples.noted(
        "No node on the PATH, so the reference was not measured.", SODIUM, BOUNCY, TINK);
  }

  private Samples() {}

  static Samples none() {
    return new Samples();
  }
}
