package org.secrethandshake.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.secrethandshake.benchmarks.report.Table.Cell;
import org.secrethandshake.benchmarks.results.Figure;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Section;

/** The tables of a report. */
final class Tables {
  private final Results results;

  Tables(Results results) {
    this.results = results;
  }

  /** One row per question, one column per backend. */
  Table summary() {
    List<String> backends = results.environment().names();
    List<List<Cell>> rows = new ArrayList<>();
    for (Question question : Question.values()) {
      question
          .figure(results)
          .ifPresent(figure -> rows.add(row(asked(question), figure, backends)));
    }
    return new Table("The answers at a glance", headed("", backends), rows);
  }

  /** One row per figure of a section, one column per subject. */
  Table matrix(Section section) {
    List<String> subjects = results.subjects(section);
    List<List<Cell>> rows =
        results.figures(section).stream()
            .map(figure -> row(Cell.of(figure.variant()), figure, subjects))
            .toList();
    return new Table(section.title() + ", " + section.unit(), headed("", subjects), rows);
  }

  /** All numbers of a section: one row per figure and subject. */
  Table numbers(Section section) {
    List<List<Cell>> rows = new ArrayList<>();
    boolean allocations = allocations(section);
    for (Figure figure : results.figures(section)) {
      for (String subject : results.subjects(section)) {
        results
            .of(figure, subject)
            .ifPresent(measurement -> rows.add(numbersOf(measurement, allocations)));
      }
    }
    return new Table(section.title() + ", " + section.unit(), numbersHeader(allocations), rows);
  }

  private static List<String> numbersHeader(boolean allocations) {
    List<String> header = new ArrayList<>(List.of("", "Median", "90 % interval"));
    if (allocations) {
      header.add("Heap per operation");
    }
    return header;
  }

  private List<Cell> numbersOf(Measurement measurement, boolean allocations) {
    Statistics statistics = Statistics.of(measurement.samples());
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell(measurement.subject(), measurement.figure().variant(), false));
    cells.add(cell(measurement));
    cells.add(Cell.of(Numbers.interval(statistics)));
    if (allocations) {
      cells.add(Cell.of(Numbers.bytes(measurement.allocatedBytes())));
    }
    return cells;
  }

  private boolean allocations(Section section) {
    return results.measurements().stream()
        .anyMatch(
            found -> found.figure().section() == section && found.allocatedBytes().isPresent());
  }

  private List<Cell> row(Cell title, Figure figure, List<String> subjects) {
    List<Cell> cells = new ArrayList<>(List.of(title));
    for (String subject : subjects) {
      cells.add(results.of(figure, subject).map(this::cell).orElse(Cell.of("–")));
    }
    return cells;
  }

  private Cell cell(Measurement measurement) {
    Statistics statistics = Statistics.of(measurement.samples());
    String value = Numbers.withUnit(measurement.figure().section(), statistics.median());
    boolean strong =
        ranked(measurement)
            .map(ranking -> Verdict.leads(ranking, measurement.subject()))
            .orElse(false);
    return new Cell(value, verdict(measurement, statistics), strong);
  }

  private String verdict(Measurement measurement, Statistics statistics) {
    return ranked(measurement)
        .map(ranking -> Verdict.of(ranking, measurement.subject(), statistics))
        .orElse("");
  }

  private Optional<Ranking> ranked(Measurement measurement) {
    return results.ranking(measurement.figure());
  }

  private static Cell asked(Question question) {
    return new Cell(question.title(), Explanation.direction(question.section()), false);
  }

  private static List<String> headed(String first, List<String> rest) {
    List<String> header = new ArrayList<>(List.of(first));
    header.addAll(rest);
    return header;
  }
}
