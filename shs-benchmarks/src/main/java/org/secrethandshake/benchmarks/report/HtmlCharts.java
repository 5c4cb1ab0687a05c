package org.secrethandshake.benchmarks.report;

import java.awt.AWTError;
import java.util.ArrayList;
import java.util.List;
import org.secrethandshake.benchmarks.results.Section;

/** Charts of a page. Where nothing can be drawn, they are bars of the page itself. */
final class HtmlCharts {
  private static final String NO_FONTS =
      "The charts are plain and have no error bars, because this JVM cannot draw text:"
          + " install fontconfig and a font.";

  private final Results results;
  private final List<String> notes = new ArrayList<>();
  private Painter painter;

  HtmlCharts(Results results, Painter painter) {
    this.results = results;
    this.painter = painter;
  }

  /** All charts of a section; empty for one that has only a table. */
  String of(Section section) {
    StringBuilder figures = new StringBuilder();
    for (Chart chart : Charts.of(results, section)) {
      String variant = chart.figure().variant();
      String caption = variant.isEmpty() ? section.unit() : variant + ", " + section.unit();
      figures.append(
          Html.element("figure", Html.element("figcaption", Html.text(caption)) + drawn(chart)));
    }
    return figures.isEmpty() ? "" : Html.element("div", "charts", figures.toString());
  }

  /** What went wrong so far. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  private String drawn(Chart chart) {
    try {
      return painter.paint(chart);
    } catch (AWTError | InternalError | LinkageError | RuntimeException e) {
      // The ways in which AWT says that it finds no font: the figures are worth more than the look.
      notes.add(NO_FONTS);
      painter = new CssPainter();
      return painter.paint(chart);
    }
  }
}
