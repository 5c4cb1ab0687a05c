package org.secrethandshake.benchmarks.jmh;

import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.secrethandshake.benchmarks.results.Figure;
import org.secrethandshake.benchmarks.results.Section;

/**
 * What a benchmark of this package says in the report: which figure it gives, and how microseconds
 * per operation become the unit of that.
 */
record Reading(Figure figure, DoubleUnaryOperator ofMicros) {
  private static final double MICROS_PER_SECOND = 1e6;
  private static final Map<String, String> ADDRESSES =
      Map.of(
          "plain", "one way",
          "ipv6", "one way, IPv6",
          "alternatives", "three ways, with escapes");

  /** Empty for a benchmark of somebody else. */
  static Optional<Reading> of(String benchmark, Map<String, String> parameters, int threads) {
    if (!benchmark.startsWith(Benchmarks.PACKAGE)) {
      return Optional.empty();
    }
    String name = benchmark.substring(Benchmarks.PACKAGE.length());
    String method = name.substring(name.indexOf('.') + 1);
    Reading reading =
        switch (name.substring(0, name.length() - method.length())) {
          case "HandshakeBenchmark." -> rate(Section.HANDSHAKE, "", threads);
          case "BoxStreamBenchmark." -> packet(method, parameters, threads);
          case "ChannelBenchmark." -> channel(method, parameters, threads);
          case "ConnectBenchmark." ->
              rate(Section.CONNECT, parameters.get("inFlight") + " in flight", threads);
          case "HandshakeStepBenchmark." -> time(Section.STEP, method);
          case "MixedPairBenchmark." ->
              time(Section.MIXED, parameters.getOrDefault("server", "any") + " server");
          case "OperationBenchmark." -> time(Section.OPERATION, method);
          case "AddressBenchmark." -> time(Section.ADDRESS, ADDRESSES.getOrDefault(method, method));
          default -> null;
        };
    return Optional.ofNullable(reading).map(found -> found.onThreads(threads));
  }

  private static Reading packet(String method, Map<String, String> parameters, int threads) {
    String bytes = parameters.get("bodyBytes") + " bytes";
    return method.equals("boxAndUnbox")
        ? volume(Section.PACKET, bytes, number(parameters, "bodyBytes"), threads)
        : time(Section.BOX, method + " " + bytes);
  }

  private static Reading channel(String method, Map<String, String> parameters, int threads) {
    return switch (method) {
      case "oneWay" -> volume(Section.STREAM, "one way", OneWay.CHUNK_BYTES, threads);
      case "bothWays" -> volume(Section.STREAM, "both ways", 2 * OneWay.CHUNK_BYTES, threads);
      default -> time(Section.LATENCY, parameters.get("size") + " bytes");
    };
  }

  private static int number(Map<String, String> parameters, String name) {
    return Integer.parseInt(parameters.getOrDefault(name, ""));
  }

  private static Reading time(Section section, String variant) {
    return new Reading(new Figure(section, variant), micros -> micros);
  }

  private static Reading rate(Section section, String variant, int threads) {
    return new Reading(
        new Figure(section, variant), micros -> threads * MICROS_PER_SECOND / micros);
  }

  /** A byte per microsecond is a megabyte per second. */
  private static Reading volume(Section section, String variant, int bytes, int threads) {
    return new Reading(new Figure(section, variant), micros -> threads * (bytes / micros));
  }

  private Reading onThreads(int threads) {
    if (threads == 1) {
      return this;
    }
    String separator = figure.variant().isEmpty() ? "" : ", ";
    String variant = figure.variant() + separator + threads + " threads";
    return new Reading(new Figure(figure.section(), variant), ofMicros);
  }
}
