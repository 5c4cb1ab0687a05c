package org.secrethandshake.benchmarks.report;

/** The questions that the report answers, each in one unit. */
public enum Section {
  HANDSHAKE("Handshakes", "handshakes/s", true),
  PACKET("Packets, sealed and opened", "MB/s", true),
  STREAM("Streams over loopback TCP", "MB/s", true),
  LATENCY("Request and response over loopback TCP", "µs", false),
  CONNECT("Handshakes over loopback TCP", "handshakes/s", true),
  COLD_START("Cold start to the first handshake", "ms", false),
  MEMORY("Memory per idle channel", "KiB", false),
  DISK("Size on disk", "MB", false),
  STEP("Steps of the handshake", "µs", false),
  OPERATION("Single operations", "µs", false);

  final String title;

  /** The unit of every figure in it. */
  public final String unit;

  final boolean higherIsBetter;

  Section(String title, String unit, boolean higherIsBetter) {
    this.title = title;
    this.unit = unit;
    this.higherIsBetter = higherIsBetter;
  }

  String direction() {
    return higherIsBetter ? "more is better" : "less is better";
  }
}
