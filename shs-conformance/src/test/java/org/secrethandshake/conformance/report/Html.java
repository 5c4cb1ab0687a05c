package org.secrethandshake.conformance.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.secrethandshake.conformance.report.Question.Answer;

/** The report as one HTML page, without scripts and without anything loaded from elsewhere. */
record Html(Report report) {
  String text() {
    StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<head>\n");
    page.append("<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append("<title>Secret Handshake for Java: ").append(Report.TITLE).append("</title>\n");
    page.append("<style>\n").append(style()).append("</style>\n</head>\n<body>\n");
    page.append("<h1>").append(Report.TITLE).append("</h1>\n");
    report.summary().forEach(words -> element("p", words, page));
    element("p", Report.LEGEND, page);
    report.sections().forEach(section -> append(section, page));
    page.append("<h2>Versions</h2>\n<ul>\n");
    report.versions().forEach(line -> element("li", line, page));
    page.append("</ul>\n<p>Written by:</p>\n");
    element("pre", Report.COMMAND, page);
    return page.append("</body>\n</html>\n").toString();
  }

  private void append(Section section, StringBuilder page) {
    element("h2", section.title(), page);
    element("p", section.text(), page);
    page.append("<table>\n<thead><tr><th scope=\"col\"></th>");
    page.append("<th scope=\"col\">cases</th><th scope=\"col\">the rule</th>");
    for (Column column : report.columns()) {
      page.append("<th scope=\"col\" class=\"").append(kind(column)).append("\">");
      page.append(escaped(column.name())).append("</th>");
    }
    page.append("</tr></thead>\n<tbody>\n");
    section.questions().forEach(question -> append(question, page));
    page.append("</tbody>\n</table>\n");
  }

  private void append(Question question, StringBuilder page) {
    List<Answer> answers = report.answers().get(question);
    page.append("<tr><th scope=\"row\">").append(escaped(question.title())).append("</th>");
    page.append("<td data-column=\"cases\">").append(question.cases().size()).append("</td>");
    cell("rule", "the rule", question.rule(), page);
    for (int i = 0; i < answers.size(); i++) {
      Column column = report.columns().get(i);
      cell(kind(column), column.name(), answers.get(i), page);
    }
    page.append("</tr>\n");
  }

  private static void cell(String kind, String column, Answer answer, StringBuilder page) {
    page.append("<td class=\"").append(kind).append(answer.isTheRules() ? "" : " differs");
    page.append("\" data-column=\"").append(escaped(column)).append("\">");
    page.append(answer.sign()).append(' ').append(answer.words()).append("</td>");
  }

  /** The stylesheet tells our backends from raw libraries by their class. */
  private static String kind(Column column) {
    return column.isOurs() ? "ours" : "raw";
  }

  private static void element(String name, String words, StringBuilder page) {
    page.append('<').append(name).append('>').append(escaped(words));
    page.append("</").append(name).append(">\n");
  }

  private static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static String style() {
    try (InputStream in = Html.class.getResourceAsStream("report.css")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
