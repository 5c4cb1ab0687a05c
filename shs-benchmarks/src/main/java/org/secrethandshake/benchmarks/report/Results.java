package org.secrethandshake.benchmarks.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.secrethandshake.benchmarks.report.Findings.Figure;
import org.secrethandshake.benchmarks.report.Findings.Measurement;

/**
 * All that one run found.
 *
 * @param backends those measured, in the order of their colours
 * @param date when the run began, as ISO 8601 writes it
 */
public record Results(
    List<Measurement> measurements,
    List<String> notes,
    List<Backend> backends,
    String date,
    String machine,
    String jdk,
    String command,
    Disturbance disturbance) {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

  public record Backend(String name, String description) {}

  List<String> names() {
    return backends.stream().map(Backend::name).toList();
  }

  List<String> disturbances() {
    return disturbance.reasons(measurements);
  }

  List<Figure> figures(Section section) {
    return measurements.stream()
        .map(Measurement::figure)
        .filter(figure -> figure.section() == section)
        .distinct()
        .toList();
  }

  /** What was measured of a figure: backends in their order, then the others as they came. */
  List<Measurement> of(Figure figure) {
    Stream<String> subjects =
        Stream.concat(names().stream(), measurements.stream().map(Measurement::subject));
    return subjects
        .distinct()
        .flatMap(subject -> measurements.stream().filter(each -> each.subject().equals(subject)))
        .filter(each -> each.figure().equals(figure))
        .toList();
  }

  /** The backends by one figure, where any was measured. */
  Optional<Ranking> ranking(Figure figure) {
    List<Measurement> backends =
        of(figure).stream().filter(found -> names().contains(found.subject())).toList();
    return backends.isEmpty()
        ? Optional.empty()
        : Optional.of(Ranking.of(figure.section(), backends));
  }

  void write(Path json) throws IOException {
    Files.writeString(json, GSON.toJson(this));
  }

  /** Reads what a report wrote; an exception says if it is anything else. */
  public static Results read(Path json) throws IOException {
    try {
      Results read = GSON.fromJson(Files.readString(json), Results.class);
      read.disturbances();
      Words.date(read.date);
      return read;
    } catch (JsonParseException | NullPointerException | IndexOutOfBoundsException e) {
      throw new IOException(json + " is not the results.json of a report of this version.", e);
    }
  }
}
