package org.secrethandshake.benchmarks.report;

import java.util.List;
import java.util.stream.Stream;

/** The order of subjects, the same in every chart and table. */
final class Subjects {
  private Subjects() {}

  /** Backends in their order, then the others in the order given. */
  static List<String> sorted(List<String> subjects, List<String> backends) {
    return Stream.concat(
            backends.stream().filter(subjects::contains),
            subjects.stream().filter(subject -> !backends.contains(subject)))
        .toList();
  }
}
