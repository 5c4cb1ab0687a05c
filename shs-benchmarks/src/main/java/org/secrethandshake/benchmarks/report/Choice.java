package org.secrethandshake.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The backends that none is ahead of: at setting connections up, and at moving data through them.
 *
 * @param connecting those for handshakes; empty where that was not measured
 * @param moving those for packets, or for streams where packets were not measured
 */
record Choice(List<String> connecting, List<String> moving) {
  static Choice of(Results results) {
    Optional<Ranking> moving = Question.PACKETS.ranking(results);
    return new Choice(
        leaders(results, Question.HANDSHAKES.ranking(results)),
        leaders(results, moving.isPresent() ? moving : Question.STREAMS.ranking(results)));
  }

  /** Those that lead, or share the lead, in both. */
  List<String> both() {
    if (connecting.isEmpty() || moving.isEmpty()) {
      return connecting.isEmpty() ? moving : connecting;
    }
    List<String> both = new ArrayList<>(connecting);
    both.retainAll(moving);
    return List.copyOf(both);
  }

  boolean measured() {
    return !connecting.isEmpty() || !moving.isEmpty();
  }

  /** All that are recommended for something. */
  List<String> all() {
    List<String> all = new ArrayList<>(both());
    if (all.isEmpty()) {
      all.addAll(connecting);
      all.addAll(moving);
    }
    return all.stream().distinct().toList();
  }

  /** In the order of the backends, not of a ranking that calls none of them first. */
  private static List<String> leaders(Results results, Optional<Ranking> ranking) {
    List<String> leaders = ranking.map(Ranking::leaders).orElse(List.of());
    return Subjects.sorted(leaders, results.environment().names());
  }
}
