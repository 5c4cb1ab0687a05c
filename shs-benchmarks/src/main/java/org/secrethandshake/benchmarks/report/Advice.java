package org.secrethandshake.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The report's first paragraph: which backend this machine should use for what.
 *
 * <p>Every sentence rests on a {@link Ranking} and claims no more than that calls.
 *
 * @param headline the answer, in one sentence
 * @param sentences what it rests on, and what speaks against it
 */
record Advice(String headline, List<String> sentences) {
  static Advice of(Results results) {
    Choice choice = Choice.of(results);
    List<String> sentences = new ArrayList<>();
    if (results.environment().backends().size() > 1 && choice.measured()) {
      Reasons reasons = new Reasons(results, choice);
      Stream.of(reasons.leads(), reasons.furtherLeads(), reasons.objections(), reasons.ties())
          .flatMap(List::stream)
          .forEach(sentences::add);
    }
    return new Advice(headline(results, choice), sentences);
  }

  /** All of it as one paragraph. */
  String paragraph() {
    return String.join(" ", sentences);
  }

  private static String headline(Results results, Choice choice) {
    List<String> backends = results.environment().names();
    if (!choice.measured()) {
      return "This run measured no handshakes and no packets, so it recommends no backend.";
    }
    if (backends.size() == 1) {
      return "Only %s was measured: there is nothing to choose between.".formatted(backends.get(0));
    }
    List<String> both = choice.both();
    if (both.isEmpty()) {
      return "Use %s for many short connections and %s for moving much data on this machine."
          .formatted(Words.or(choice.connecting()), Words.or(choice.moving()));
    }
    return both.size() == 1
        ? "Use %s on this machine.".formatted(both.get(0))
        : "Use %s on this machine: their speed is too close to call.".formatted(Words.or(both));
  }
}
