package org.secrethandshake.benchmarks.beside;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the floor and our programs beside it print: a first line that says what was measured, then a
 * line per figure, with its name and the microseconds of its rounds.
 */
record Readings(String title, Map<String, List<Double>> micros) {
  static final String HANDSHAKE = "handshake";

  /** What a packet is called that has a body of this many bytes. */
  static String packet(int bodyBytes) {
    return "packet-" + bodyBytes;
  }

  static Readings parse(String output) throws NotMeasuredException {
    List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
    if (lines.size() < 2) {
      throw new NotMeasuredException("A program that measures printed no figure.");
    }
    Map<String, List<Double>> micros = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.strip().split("\\s+");
      micros.put(words[0], samples(line, Stream.of(words).skip(1).toList()));
    }
    return new Readings(lines.get(0), micros);
  }

  private static List<Double> samples(String line, List<String> words) throws NotMeasuredException {
    try {
      List<Double> samples = words.stream().map(Double::valueOf).toList();
      if (!samples.isEmpty() && samples.stream().allMatch(sample -> sample > 0)) {
        return samples;
      }
    } catch (NumberFormatException e) {
      throw unreadable(line, e);
    }
    throw unreadable(line, null);
  }

  private static NotMeasuredException unreadable(String line, @Nullable Throwable cause) {
    String message = "A program that measures printed a line that is no figure: '" + line + "'.";
    return cause == null
        ? new NotMeasuredException(message)
        : new NotMeasuredException(message, cause);
  }

  /** The samples of one figure. */
  List<Double> of(String figure) throws NotMeasuredException {
    List<Double> samples = micros.get(figure);
    if (samples == null) {
      throw new NotMeasuredException("A program that measures left out '" + figure + "'.");
    }
    return samples;
  }

  /** These readings as they are printed. */
  String print() {
    return Stream.concat(Stream.of(title), micros.entrySet().stream().map(entry -> line(entry)))
        .collect(Collectors.joining("\n"));
  }

  private static String line(Map.Entry<String, List<Double>> figure) {
    return figure.getValue().stream()
        .map(sample -> String.format(Locale.ROOT, "%.3f", sample))
        .collect(Collectors.joining(" ", figure.getKey() + " ", ""));
  }
}
