package org.secrethandshake.benchmarks.jmh;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.secrethandshake.benchmarks.results.Measurement;

/** Reads the JSON results of JMH. */
public final class JmhResults {
  private static final String UNIT = "us/op";
  private static final String ALLOCATION = "gc.alloc.rate.norm";

  private JmhResults() {}

  /**
   * Reads what the benchmarks of this project measured: a sample for each iteration of each fork,
   * in the unit of its section. Benchmarks of others are left out, and so is what was measured in
   * another mode or unit than microseconds per operation.
   *
   * @throws IOException if the file cannot be read, or is no result of JMH
   */
  public static List<Measurement> read(Path jmhJson) throws IOException {
    try (Reader reader = Files.newBufferedReader(jmhJson)) {
      List<Measurement> measurements = new ArrayList<>();
      for (JsonElement entry : JsonParser.parseReader(reader).getAsJsonArray()) {
        measurement(entry.getAsJsonObject()).ifPresent(measurements::add);
      }
      return merged(measurements);
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      throw new IOException("not a JSON result of JMH: " + jmhJson.getFileName(), e);
    }
  }

  /** One measurement of each figure and subject, however many runs they were measured in. */
  private static List<Measurement> merged(List<Measurement> measurements) {
    Map<List<Object>, Measurement> merged = new LinkedHashMap<>();
    for (Measurement each : measurements) {
      merged.merge(List.of(each.figure(), each.subject()), each, JmhResults::both);
    }
    return List.copyOf(merged.values());
  }

  private static Measurement both(Measurement one, Measurement other) {
    List<Double> samples = Stream.concat(one.samples().stream(), other.samples().stream()).toList();
    OptionalDouble allocated = one.allocatedBytes();
    if (allocated.isPresent() && other.allocatedBytes().isPresent()) {
      // What every run allocates is the operation's own; more is a JVM's that had less to share it.
      allocated =
          OptionalDouble.of(
              Math.min(allocated.getAsDouble(), other.allocatedBytes().getAsDouble()));
    }
    return new Measurement(one.figure(), one.subject(), samples, allocated);
  }

  /** Whom a benchmark with these parameters measures. */
  static String subject(Map<String, String> parameters) {
    String client = parameters.get("client");
    return client == null ? parameters.getOrDefault("provider", "any backend") : client + " client";
  }

  private static Optional<Measurement> measurement(JsonObject entry) {
    JsonObject metric = entry.getAsJsonObject("primaryMetric");
    if (!metric.get("scoreUnit").getAsString().equals(UNIT)) {
      return Optional.empty();
    }
    Map<String, String> parameters = parameters(entry);
    return Reading.of(
            entry.get("benchmark").getAsString(), parameters, entry.get("threads").getAsInt())
        .map(
            reading ->
                new Measurement(
                    reading.figure(),
                    subject(parameters),
                    samples(metric.getAsJsonArray("rawData"), reading),
                    allocatedBytes(entry)));
  }

  private static Map<String, String> parameters(JsonObject entry) {
    Map<String, String> parameters = new HashMap<>();
    if (entry.has("params")) {
      entry
          .getAsJsonObject("params")
          .entrySet()
          .forEach(param -> parameters.put(param.getKey(), param.getValue().getAsString()));
    }
    return parameters;
  }

  private static List<Double> samples(JsonArray forks, Reading reading) {
    List<Double> samples = new ArrayList<>();
    for (JsonElement fork : forks) {
      for (JsonElement micros : fork.getAsJsonArray()) {
        samples.add(reading.ofMicros().applyAsDouble(micros.getAsDouble()));
      }
    }
    return samples;
  }

  /** JMH writes NaN, as text, where its profiler saw nothing. */
  private static OptionalDouble allocatedBytes(JsonObject entry) {
    JsonObject metrics = entry.getAsJsonObject("secondaryMetrics");
    if (!metrics.has(ALLOCATION)) {
      return OptionalDouble.empty();
    }
    double bytes = metrics.getAsJsonObject(ALLOCATION).get("score").getAsDouble();
    return Double.isNaN(bytes) ? OptionalDouble.empty() : OptionalDouble.of(bytes);
  }
}
