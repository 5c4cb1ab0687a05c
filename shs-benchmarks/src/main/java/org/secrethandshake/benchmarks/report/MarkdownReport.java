package org.secrethandshake.benchmarks.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.secrethandshake.benchmarks.report.Table.Cell;
import org.secrethandshake.benchmarks.results.Section;

/** The report as Markdown: the same words and numbers, without the charts. */
final class MarkdownReport {
  private final Results results;
  private final StringBuilder text = new StringBuilder();

  MarkdownReport(Results results) {
    this.results = results;
  }

  String text(Optional<Comparison> comparison) {
    Advice advice = Advice.of(results);
    Tables tables = new Tables(results);
    paragraph("# " + advice.headline());
    paragraph(advice.paragraph());
    table(tables.summary());
    comparison.ifPresent(this::changes);
    for (Section section : Section.values()) {
      if (!results.figures(section).isEmpty()) {
        paragraph("## " + section.title());
        paragraph(Explanation.of(section));
        table(tables.numbers(section));
      }
    }
    list("## Notes", results.notes());
    foot();
    return text.toString();
  }

  private void changes(Comparison comparison) {
    paragraph("## " + comparison.title());
    paragraph(comparison.summary());
    table(comparison.mattering());
    table(comparison.rest());
    list("", comparison.notes());
  }

  private void foot() {
    paragraph("## How this was measured");
    paragraph(Foot.RULE);
    Foot.of(results.environment())
        .forEach((name, value) -> line("- %s: %s".formatted(name, value)));
  }

  private void list(String heading, List<String> sentences) {
    if (!sentences.isEmpty()) {
      paragraph(heading);
      sentences.forEach(sentence -> line("- " + sentence));
      line("");
    }
  }

  private void table(Table table) {
    if (table.isEmpty()) {
      return;
    }
    line(row(table.header()));
    line(row(table.header().stream().map(name -> "---").toList()));
    table.rows().forEach(cells -> line(row(cells.stream().map(MarkdownReport::cell).toList())));
    line("");
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String cell(Cell cell) {
    String text = cell.strong() ? "**" + cell.text() + "**" : cell.text();
    return cell.detail().isEmpty() ? text : "%s (%s)".formatted(text, cell.detail());
  }

  private void paragraph(String paragraph) {
    if (!paragraph.isEmpty()) {
      line(paragraph);
      line("");
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
