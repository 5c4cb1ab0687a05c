package org.secrethandshake.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.secrethandshake.benchmarks.results.Section;

/** The report as one page that needs nothing but itself: no scripts, no files, no network. */
final class HtmlReport {
  private final Results results;
  private final Optional<Comparison> comparison;
  private final HtmlCharts charts;
  private final Tables tables;

  HtmlReport(Results results, Optional<Comparison> comparison, Painter painter) {
    this.results = results;
    this.comparison = comparison;
    this.charts = new HtmlCharts(results, painter);
    this.tables = new Tables(results);
  }

  String page() {
    String body =
        answer()
            + Html.element("section", HtmlTables.of(tables.summary()))
            + comparison.map(HtmlReport::changes).orElse("")
            + sections()
            + notes()
            + HtmlFoot.of(results.environment());
    return """
        <!DOCTYPE html>
        <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>Secret Handshake for Java: which crypto backend?</title>
        <style>%s</style>
        </head>
        <body><main>
        %s</main></body>
        </html>
        """
        .formatted(Resource.text("report.css"), body);
  }

  private String answer() {
    Advice advice = Advice.of(results);
    StringBuilder sentences = new StringBuilder();
    advice
        .sentences()
        .forEach(sentence -> sentences.append(Html.element("p", Html.text(sentence))));
    return Html.element(
        "header",
        Html.element("p", "project", "Secret Handshake for Java: benchmarks of crypto backends")
            + Html.element("h1", Html.text(advice.headline()))
            + sentences);
  }

  private String sections() {
    StringBuilder sections = new StringBuilder();
    sections.append(Html.element("p", Html.text(Explanation.OF_CHARTS)));
    for (Section section : Section.values()) {
      if (!results.figures(section).isEmpty()) {
        sections.append(Html.element("section", section(section)));
      }
    }
    return sections.toString();
  }

  private String section(Section section) {
    String heading =
        Html.element("h2", Html.text(section.title()))
            + Html.element("p", Html.text(Explanation.of(section)));
    String drawn = charts.of(section);
    return heading
        + (drawn.isEmpty() ? HtmlTables.of(tables.matrix(section)) : drawn)
        + folded("The numbers", HtmlTables.of(tables.numbers(section)));
  }

  private static String folded(String summary, String table) {
    return Html.element("details", Html.element("summary", summary) + table);
  }

  private static String changes(Comparison comparison) {
    String notes = comparison.notes().isEmpty() ? "" : list(comparison.notes());
    return Html.element(
        "section",
        Html.element("h2", Html.text(comparison.title()))
            + Html.element("p", Html.text(comparison.summary()))
            + notes
            + shown(comparison.mattering())
            + folded("What did not change", shown(comparison.rest())));
  }

  private static String shown(Table table) {
    return table.isEmpty() ? "" : HtmlTables.of(table);
  }

  private String notes() {
    List<String> notes = new ArrayList<>(results.notes());
    notes.addAll(charts.notes());
    return notes.isEmpty()
        ? ""
        : Html.element("section", Html.element("h2", "Notes") + list(notes));
  }

  private static String list(List<String> sentences) {
    StringBuilder items = new StringBuilder();
    sentences.forEach(sentence -> items.append(Html.element("li", Html.text(sentence))));
    return Html.element("ul", items.toString());
  }
}
