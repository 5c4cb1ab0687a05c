package org.secrethandshake.benchmarks.footprint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.secrethandshake.benchmarks.results.Figure;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Section;

/** Collects samples, and what a reader must be told where they are missing. */
final class Findings {
  private final Map<Key, List<Double>> samples = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  void add(Section section, String variant, String subject, double sample) {
    Key key = new Key(new Figure(section, variant), subject);
    samples.computeIfAbsent(key, absent -> new ArrayList<>()).add(sample);
  }

  void note(String note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  /** Measures one thing of one subject, and notes a failure instead of passing it on. */
  boolean attempt(String what, String subject, Attempt attempt) {
    try {
      attempt.run();
      return true;
    } catch (IOException e) {
      note("No %s of %s: %s.".formatted(what, subject, e.getMessage()));
      return false;
    }
  }

  List<Measurement> measurements() {
    return samples.entrySet().stream()
        .map(
            entry ->
                new Measurement(
                    entry.getKey().figure(), entry.getKey().subject(), entry.getValue()))
        .toList();
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  /** Something that may fail for one backend. */
  interface Attempt {
    void run() throws IOException;
  }

  private record Key(Figure figure, String subject) {}
}
