package org.secrethandshake.benchmarks.report;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.benchmarks.report.Ranking.Statistics;

/** Collects what a run measures, and what a reader must be told where something is missing. */
public final class Findings {
  private final Map<List<Object>, Measurement> measurements = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  /** One thing that is measured; its variant tells it from the others of its section, if any. */
  public record Figure(Section section, String variant) {
    /** Its section and what tells it from the others. */
    public String title() {
      return variant.isEmpty() ? section.title : section.title + ", " + variant;
    }
  }

  /** Its samples in the unit of the section, and the heap per operation where that was measured. */
  public record Measurement(
      Figure figure, String subject, List<Double> samples, @Nullable Double allocatedBytes) {
    Statistics statistics() {
      return Statistics.of(samples);
    }

    private Measurement and(Measurement other) {
      Double before = allocatedBytes;
      Double bytes = other.allocatedBytes;
      // What every JVM allocates is the operation's own; with fewer to share it, it shows more.
      Double least =
          before == null || bytes == null ? null : Double.valueOf(Math.min(before, bytes));
      List<Double> all = Stream.concat(samples.stream(), other.samples.stream()).toList();
      return new Measurement(figure, subject, all, least);
    }
  }

  /** A part of a run, with the time that it takes about, on two cores that do nothing else. */
  public record Task(String what, Duration estimate, Work work) {}

  /** Measures something. */
  public interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** Adds a sample. */
  public void add(Figure figure, String subject, double sample) {
    add(figure, subject, List.of(sample), null);
  }

  /** Adds samples to those of the same figure and subject. */
  public void add(
      Figure figure, String subject, List<Double> samples, @Nullable Double allocatedBytes) {
    Measurement found = new Measurement(figure, subject, samples, allocatedBytes);
    measurements.merge(List.of(figure, subject), found, Measurement::and);
  }

  /** Adds a sentence for the reader, once. */
  public void note(String note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  /** One measurement of each figure and subject, in the order in which the first samples came. */
  public List<Measurement> measurements() {
    return List.copyOf(measurements.values());
  }

  /** All sentences. */
  public List<String> notes() {
    return List.copyOf(notes);
  }
}
