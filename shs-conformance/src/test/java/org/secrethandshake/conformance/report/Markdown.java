package org.secrethandshake.conformance.report;

import java.util.List;
import java.util.stream.Collectors;
import org.secrethandshake.conformance.report.Question.Answer;

/** The report as Markdown. */
record Markdown(Report report) {
  String text() {
    StringBuilder text = new StringBuilder("# " + Report.TITLE + "\n\n");
    report.summary().forEach(paragraph -> text.append(paragraph).append("\n\n"));
    text.append(Report.LEGEND).append('\n');
    report.sections().forEach(section -> append(section, text));
    text.append("\n## Versions\n\n");
    report.versions().forEach(line -> text.append("- ").append(line).append('\n'));
    text.append("\nWritten by:\n\n```sh\n").append(Report.COMMAND).append("\n```\n");
    return text.toString();
  }

  private void append(Section section, StringBuilder text) {
    text.append("\n## ").append(section.title()).append("\n\n");
    text.append(section.text()).append("\n\n");
    text.append("| | cases | the rule | ");
    text.append(report.columns().stream().map(Markdown::head).collect(Collectors.joining(" | ")));
    text.append(" |\n|---|---|---|").append("---|".repeat(report.columns().size())).append('\n');
    for (Question question : section.questions()) {
      List<Answer> answers = report.answers().get(question);
      text.append("| ").append(question.title()).append(" | ").append(question.cases().size());
      text.append(" | ").append(cell(question.rule())).append(" | ");
      text.append(answers.stream().map(Markdown::cell).collect(Collectors.joining(" | ")));
      text.append(" |\n");
    }
  }

  private static String head(Column column) {
    return column.isOurs() ? column.name() : "*" + column.name() + " alone*";
  }

  private static String cell(Answer answer) {
    String cell = answer.sign() + " " + answer.words();
    return answer.isTheRules() ? cell : "**" + cell + "**";
  }
}
