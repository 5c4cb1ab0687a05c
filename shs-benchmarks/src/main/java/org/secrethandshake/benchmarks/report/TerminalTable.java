package org.secrethandshake.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.secrethandshake.benchmarks.results.Figure;
import org.secrethandshake.benchmarks.results.Section;

/** A run in a terminal of 80 columns: bars for each question, and the advice. */
public final class TerminalTable {
  private static final int WIDTH = 80;
  private static final int SUBJECT_WIDTH = 20;
  private static final int BAR_WIDTH = 24;
  private static final String ROW = "  %-" + SUBJECT_WIDTH + "s %-" + BAR_WIDTH + "s %11s  %s";

  private final Results results;
  private final TerminalSigns signs;

  private TerminalTable(Results results, TerminalSigns signs) {
    this.results = results;
    this.signs = signs;
  }

  /**
   * Renders a run.
   *
   * @param unicode whether the terminal shows more than ASCII
   * @return lines that end with a line feed each
   */
  public static String render(Results results, boolean unicode) {
    return new TerminalTable(results, TerminalSigns.of(unicode)).render();
  }

  /** Renders what changed, where it is beyond noise. */
  public static String render(Comparison comparison, boolean unicode) {
    TerminalSigns signs = TerminalSigns.of(unicode);
    StringBuilder text = new StringBuilder();
    text.append(comparison.title()).append('\n');
    comparison.notes().forEach(note -> text.append(Words.wrapped(note, WIDTH)).append('\n'));
    text.append(comparison.summary()).append('\n');
    comparison.changes().stream()
        .filter(Change::matters)
        .forEach(change -> text.append(changed(change)).append('\n'));
    return signs.shown(text.toString());
  }

  private String render() {
    List<String> parts = new ArrayList<>();
    for (Question question : Question.values()) {
      question.figure(results).map(figure -> part(question, figure)).ifPresent(parts::add);
    }
    results.notes().forEach(note -> parts.add(Words.wrapped(note, WIDTH) + "\n"));
    Advice advice = Advice.of(results);
    parts.add(Words.wrapped(advice.headline(), WIDTH) + "\n");
    return signs.shown(String.join("\n", parts));
  }

  private String part(Question question, Figure figure) {
    Section section = figure.section();
    StringBuilder part = new StringBuilder();
    part.append(
        "%s, %s, %s\n".formatted(question.title(), section.unit(), Explanation.direction(section)));
    double end = end(figure);
    Optional<Ranking> ranking = results.ranking(figure);
    for (String subject : results.subjects(section)) {
      results
          .of(figure, subject)
          .map(found -> Statistics.of(found.samples()))
          .ifPresent(found -> part.append(row(section, subject, found, ranking, end)));
    }
    return part.toString();
  }

  private String row(
      Section section, String subject, Statistics found, Optional<Ranking> ranking, double end) {
    String verdict = ranking.map(best -> Verdict.of(best, subject, found)).orElse("");
    String value = Numbers.withUnit(section, found.median());
    String bar = signs.bar(end <= 0 ? 0 : found.median() / end, BAR_WIDTH);
    return ROW.formatted(Words.shortened(subject, SUBJECT_WIDTH), bar, value, verdict)
            .stripTrailing()
        + "\n";
  }

  private double end(Figure figure) {
    return results.of(figure).stream()
        .mapToDouble(found -> Statistics.of(found.samples()).median())
        .max()
        .orElse(0);
  }

  private static String changed(Change change) {
    Figure figure = change.figure();
    Section section = figure.section();
    double before = change.statisticsBefore().median();
    double now = change.statisticsNow().median();
    String heap =
        change.allocatesOtherwise()
            ? "; heap per operation %s, was %s"
                .formatted(
                    Numbers.bytes(change.now().allocatedBytes()),
                    Numbers.bytes(change.before().allocatedBytes()))
            : "";
    return "  %s, %s\n    %s, was %s: %s, %s%s"
        .formatted(
            Words.title(figure),
            change.now().subject(),
            Numbers.withUnit(section, now),
            Numbers.withUnit(section, before),
            Numbers.percent(before, now),
            change.verdict(),
            heap);
  }
}
