package org.secrethandshake.benchmarks.results;

/** The questions that the report answers; each is a chart or a table of one unit. */
public enum Section {
  /** Both sides on one thread, no socket; a kept remote. */
  HANDSHAKE("Handshakes", "handshakes/s", Better.HIGHER),
  /** Box and unbox on one thread, by the length of the body. */
  PACKET("Packets, sealed and opened", "MB/s", Better.HIGHER),
  /** A {@code SecretChannel} over loopback TCP. */
  STREAM("Streams over loopback TCP", "MB/s", Better.HIGHER),
  /** A request and its response over loopback TCP, by the length of both. */
  LATENCY("Request and response over loopback TCP", "µs", Better.LOWER),
  /** Whole handshakes over loopback TCP, by how many are in flight. */
  CONNECT("Handshakes over loopback TCP", "handshakes/s", Better.HIGHER),
  /** From the start of a fresh JVM to its first finished handshake, and the parts of that. */
  COLD_START("Cold start to the first handshake", "ms", Better.LOWER),
  /** Heap and native memory of one end, by the number of channels. */
  MEMORY("Memory per channel", "KiB", Better.LOWER),
  /** The jars of a backend and of what it depends on. */
  DISK("Size on disk", "MB", Better.LOWER),
  /** Each message of the handshake. */
  STEP("Steps of the handshake", "µs", Better.LOWER),
  /** A client on one backend with a server on another. */
  MIXED("Mixed pairs, one handshake", "µs", Better.LOWER),
  /** Packets boxed and unboxed, each by itself. */
  BOX("Packets boxed and unboxed", "µs", Better.LOWER),
  /** Each operation of the SPI. */
  OPERATION("Single operations", "µs", Better.LOWER),
  /** What needs no crypto. */
  ADDRESS("Multiserver addresses", "µs", Better.LOWER);

  private final String title;
  private final String unit;
  private final Better better;

  Section(String title, String unit, Better better) {
    this.title = title;
    this.unit = unit;
    this.better = better;
  }

  /** The heading, in words. */
  public String title() {
    return title;
  }

  /** The unit of every figure in it. */
  public String unit() {
    return unit;
  }

  /** Which way is better. */
  public Better better() {
    return better;
  }
}
