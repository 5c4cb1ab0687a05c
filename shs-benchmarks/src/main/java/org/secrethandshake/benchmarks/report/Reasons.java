package org.secrethandshake.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.secrethandshake.benchmarks.report.Ranking.Standing;

/** The sentences behind a choice: where it leads, where another does, what nobody can tell. */
final class Reasons {
  private final Results results;
  private final Choice choice;

  Reasons(Results results, Choice choice) {
    this.results = results;
    this.choice = choice;
  }

  /** What the chosen ones do better, and by how much: the reason why they were chosen. */
  List<String> leads() {
    Clauses clauses = new Clauses();
    decidedForChosen(
        (question, ranking) -> {
          String first = ranking.first().subject();
          Standing next = next(ranking);
          if (!question.deed().isEmpty()) {
            clauses.add(
                "Compared with %s, %s ".formatted(next.subject(), first) + "%s.",
                question.deed().formatted(Numbers.times(ranking.ratioToBest(next.statistics()))));
          }
        });
    return clauses.sentences();
  }

  /** The other questions in which they lead. */
  List<String> furtherLeads() {
    Clauses clauses = new Clauses();
    decidedForChosen(
        (question, ranking) -> {
          if (question.deed().isEmpty()) {
            clauses.add(ranking.first().subject() + " also leads in %s.", question.noun());
          }
        });
    return clauses.sentences();
  }

  /** Where a backend that was not chosen is ahead of those that were. */
  List<String> objections() {
    Clauses clauses = new Clauses();
    each(
        (question, ranking) -> {
          if (ranking.leaders().stream().noneMatch(choice.all()::contains)) {
            ranking.standings().stream()
                .filter(this::chosen)
                .findFirst()
                .ifPresent(beaten -> objection(clauses, question, ranking, beaten));
          }
        });
    return clauses.sentences();
  }

  /** Where a chosen one shares the lead with others. */
  List<String> ties() {
    Clauses clauses = new Clauses();
    each(
        (question, ranking) -> {
          List<String> leaders = inOrder(ranking.leaders());
          if (leaders.size() > 1 && leaders.stream().anyMatch(choice.all()::contains)) {
            clauses.add(
                "Too close to call between " + Words.and(leaders) + ": %s.", question.noun());
          }
        });
    return clauses.sentences();
  }

  private void objection(Clauses clauses, Question question, Ranking ranking, Standing beaten) {
    List<String> ahead = inOrder(ranking.leaders());
    clauses.add(
        "But %s %s ahead of %s in "
                .formatted(Words.and(ahead), ahead.size() == 1 ? "is" : "are", beaten.subject())
            + "%s.",
        "%s (%s against %s)"
            .formatted(question.noun(), shown(question, ranking.first()), shown(question, beaten)));
  }

  private void decidedForChosen(BiConsumer<Question, Ranking> use) {
    each(
        (question, ranking) -> {
          if (ranking.decided() && chosen(ranking.first())) {
            use.accept(question, ranking);
          }
        });
  }

  private void each(BiConsumer<Question, Ranking> use) {
    for (Question question : Question.values()) {
      question.ranking(results).ifPresent(ranking -> use.accept(question, ranking));
    }
  }

  /** The second; of several that are too close to it, always the same one. */
  private Standing next(Ranking ranking) {
    Ranking others =
        new Ranking(ranking.figure(), ranking.standings().subList(1, ranking.standings().size()));
    String name = inOrder(others.leaders()).get(0);
    return others.standings().stream()
        .filter(standing -> standing.subject().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String shown(Question question, Standing standing) {
    return Numbers.withUnit(question.section(), standing.statistics().median());
  }

  private boolean chosen(Standing standing) {
    return choice.all().contains(standing.subject());
  }

  /** Always the same order, or two ties of the same backends would read as different ones. */
  private List<String> inOrder(List<String> leaders) {
    return Subjects.sorted(leaders, results.environment().names());
  }

  /** Clauses that share all else of their sentence become one sentence. */
  private static final class Clauses {
    private final Map<String, List<String>> byForm = new LinkedHashMap<>();

    void add(String form, String clause) {
      byForm.computeIfAbsent(form, any -> new ArrayList<>()).add(clause);
    }

    List<String> sentences() {
      return byForm.entrySet().stream()
          .map(entry -> entry.getKey().formatted(Words.and(entry.getValue())))
          .toList();
    }
  }
}
