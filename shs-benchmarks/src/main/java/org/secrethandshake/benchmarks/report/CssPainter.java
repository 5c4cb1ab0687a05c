package org.secrethandshake.benchmarks.report;

import java.util.Locale;
import org.secrethandshake.benchmarks.report.Chart.Bar;

/** Draws bars as elements with a width: without error bars, but also without any font. */
final class CssPainter implements Painter {
  /** The longest bar leaves room for its value. */
  private static final double LONGEST = 36;

  @Override
  public String paint(Chart chart) {
    StringBuilder bars = new StringBuilder();
    chart.bars().forEach(bar -> bars.append(bar(chart, bar)));
    return "<div role=\"img\" aria-label=\"%s\">%s</div>\n"
        .formatted(Html.text(chart.description()), bars);
  }

  private static String bar(Chart chart, Bar bar) {
    String length = String.format(Locale.ROOT, "%.1f", length(chart, bar));
    return """
    <div class="bar"><span>%s</span><i style="width:%s%%;background:%s"></i><b>%s</b></div>
    """
        .formatted(Html.text(bar.subject()), length, bar.colour(), Html.text(chart.value(bar)));
  }

  private static double length(Chart chart, Bar bar) {
    return chart.end() <= 0 ? 0 : Math.max(0, bar.statistics().median()) / chart.end() * LONGEST;
  }
}
