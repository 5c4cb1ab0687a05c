package org.secrethandshake.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A run written down: as a page, as Markdown, as JSON, and for a terminal of 80 columns. */
public final class Report {
  private static final int WIDTH = 80;
  private static final int WORDS_WIDTH = 33;
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private Report() {}

  /** Writes the files into a folder, which is created where needed. */
  public static void write(Path folder, Results results, @Nullable Results older)
      throws IOException {
    Files.createDirectories(folder);
    results.write(folder.resolve("results.json"));
    View view = View.of(results, older);
    Files.writeString(folder.resolve("report.html"), Page.html(Report.class, "report.html", view));
    Files.writeString(folder.resolve("report.md"), Page.markdown(Report.class, "report.md", view));
  }

  /** Bars for each question, and the advice, in Unicode or in ASCII only. */
  public static String forTerminal(Results results, @Nullable Results older, boolean unicode) {
    View view = View.of(results, older);
    StringBuilder text = new StringBuilder();
    for (View.Chart chart : view.glance()) {
      Section section = chart.figure().section();
      String form = "%s, %s, %s\n";
      text.append(form.formatted(chart.figure().title(), section.unit, section.direction()));
      int names = chart.bars().stream().mapToInt(bar -> bar.subject().length()).max().orElse(0);
      for (View.Bar bar : chart.bars()) {
        int room = WIDTH - WORDS_WIDTH - names;
        double share = Double.parseDouble(bar.width()) / 100;
        String drawn = unicode ? blocks(share * room) : "#".repeat((int) Math.round(share * room));
        String row = "  %-" + names + "s %-" + room + "s%11s  %s";
        String line = Words.text(row, bar.subject(), drawn, bar.value(), bar.verdict());
        text.append(line.stripTrailing()).append('\n');
      }
      text.append('\n');
    }
    results.notes().forEach(note -> text.append(wrapped(note)).append('\n'));
    for (Comparison comparison : view.comparison()) {
      text.append(wrapped(comparison.title())).append(wrapped(comparison.summary()));
      comparison.changes().forEach(change -> text.append(wrapped(change)));
      text.append('\n');
    }
    text.append(wrapped(view.advice().headline()));
    if (view.busy()) {
      view.advice().sentences().forEach(sentence -> text.append(wrapped(sentence)));
    }
    return unicode ? text.toString() : ascii(text.toString());
  }

  private static String blocks(double length) {
    int eighths = (int) Math.round(length * 8);
    return "█".repeat(eighths / 8) + EIGHTHS.substring(eighths % 8, eighths % 8 + 1).strip();
  }

  /** Breaks a sentence at its spaces. */
  private static String wrapped(String sentence) {
    return sentence.replaceAll("(.{1," + WIDTH + "})( +|$)", "$1\n");
  }

  private static String ascii(String text) {
    return text.replace("×", "x")
        .replace("µ", "u")
        .replace("–", "-")
        .replaceAll("[^\\x00-\\x7f]", "?");
  }
}
