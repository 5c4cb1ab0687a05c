package org.secrethandshake.benchmarks.beside;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.benchmarks.results.Figure;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Section;

/** Reads what the reference's scripts print: one JSON object per line. */
final class ReferenceOutput {
  private static final Map<String, Figure> FIGURES =
      Map.of(
          "handshake", new Figure(Section.HANDSHAKE, ""),
          "packet 4096", new Figure(Section.PACKET, "4096 bytes"),
          "one way", new Figure(Section.STREAM, "one way"),
          "latency 16", new Figure(Section.LATENCY, "16 bytes"));

  private ReferenceOutput() {}

  static Outcome parse(String output) throws NotMeasuredException {
    Outcome outcome = Outcome.NONE;
    for (String line : output.lines().filter(text -> !text.isBlank()).toList()) {
      outcome = outcome.and(outcome(line));
    }
    return outcome;
  }

  private static Outcome outcome(String text) throws NotMeasuredException {
    Line line = line(text);
    if (line.about != null) {
      return Outcome.ofNote("%s is %s.".formatted(Beside.REFERENCE, line.about));
    }
    Figure figure = line.figure == null ? null : FIGURES.get(line.figure);
    List<Double> samples = line.samples;
    if (figure == null
        || samples == null
        || samples.isEmpty()
        || !figure.section().unit().equals(line.unit)) {
      throw unreadable(text);
    }
    return new Outcome(List.of(new Measurement(figure, Beside.REFERENCE, samples)), List.of());
  }

  private static Line line(String text) throws NotMeasuredException {
    try {
      @Nullable Line line = new Gson().fromJson(text, Line.class);
      if (line != null) {
        return line;
      }
    } catch (JsonSyntaxException e) {
      throw new NotMeasuredException(unreadable(text).sentence(), e);
    }
    throw unreadable(text);
  }

  private static NotMeasuredException unreadable(String line) {
    return new NotMeasuredException(
        "The JavaScript reference was not measured, because its script printed a line that is no"
            + " figure: '%s'.".formatted(line));
  }

  /** Filled by Gson: either about, or the rest. */
  private static final class Line {
    @Nullable String about;
    @Nullable String figure;
    @Nullable String unit;
    @Nullable List<Double> samples;
  }
}
