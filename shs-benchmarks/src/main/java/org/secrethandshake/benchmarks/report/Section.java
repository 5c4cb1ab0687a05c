package org.secrethandshake.benchmarks.report;

/** The questions that the report answers, each in one unit. */
public enum Section {
  HANDSHAKE(
      "Handshakes",
      "handshakes/s",
      true,
      "Setting up a connection: both sides on one thread, without a socket."),
  PACKET(
      "Packets, sealed and opened",
      "MB/s",
      true,
      "Moving data: packets sealed and opened on one thread, by their size."),
  STREAM(
      "Streams over loopback TCP",
      "MB/s",
      true,
      "Moving data through a real connection, from and to the same machine."),
  LATENCY(
      "Request and response over loopback TCP",
      "µs",
      false,
      "The time from a short request to its response, by the size of both."),
  CONNECT(
      "Handshakes over loopback TCP",
      "handshakes/s",
      true,
      "New connections through real sockets, by how many are set up at once."),
  COLD_START(
      "Cold start to the first handshake",
      "ms",
      false,
      "From the start of a fresh JVM to its first finished handshake, and the parts of that."),
  MEMORY("Memory per idle channel", "KiB", false, "What one end of an open connection occupies."),
  DISK("Size on disk", "MB", false, "The jars of a backend, with all that they depend on."),
  STEP("Steps of the handshake", "µs", false, "Each message of the handshake by itself."),
  OPERATION("Single operations", "µs", false, "What a handshake and a packet are made of.");

  final String title;
  final String unit;
  final boolean higherIsBetter;
  final String explanation;

  Section(String title, String unit, boolean higherIsBetter, String explanation) {
    this.title = title;
    this.unit = unit;
    this.higherIsBetter = higherIsBetter;
    this.explanation = explanation;
  }

  /** The unit of every figure in it. */
  public String unit() {
    return unit;
  }

  String direction() {
    return higherIsBetter ? "more is better" : "less is better";
  }
}
