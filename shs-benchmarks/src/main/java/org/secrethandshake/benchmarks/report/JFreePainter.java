package org.secrethandshake.benchmarks.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.svg.MeetOrSlice;
import org.jfree.svg.PreserveAspectRatio;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.ViewBox;
import org.secrethandshake.benchmarks.report.Chart.Bar;

/** Draws bars with JFreeChart, as SVG that scales to the page. */
final class JFreePainter implements Painter {
  private static final int WIDTH = 380;
  private static final int BAR = 19;
  private static final int GAP = 9;
  private static final int MARGIN = 4;

  /** Room for the longest name that is shown whole. */
  private static final double LABEL_WIDTH = 140;

  /** Room for a value with its unit, right of the longest bar. */
  private static final double VALUE_WIDTH = 84;

  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  static {
    System.setProperty("java.awt.headless", "true");
  }

  @Override
  public String paint(Chart chart) {
    int height = height(chart) + 2 * MARGIN;
    SVGGraphics2D graphics = new SVGGraphics2D(WIDTH, height);
    graphics.setDefsKeyPrefix(chart.id());
    drawing(chart).draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, height));
    String svg =
        graphics.getSVGElement(
            chart.id(),
            false,
            new ViewBox(0, 0, WIDTH, height),
            PreserveAspectRatio.XMIN_YMIN,
            MeetOrSlice.MEET);
    return described(svg, chart);
  }

  /** Of bars and the gaps between them, the same in every chart. */
  private static int height(Chart chart) {
    return chart.bars().size() * (BAR + GAP) - GAP;
  }

  private static JFreeChart drawing(Chart chart) {
    CategoryPlot plot =
        new CategoryPlot(
            dataset(chart), subjects(chart), values(chart), new IntervalBars(chart, FONT));
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setInsets(RectangleInsets.ZERO_INSETS);
    plot.setOutlineVisible(false);
    plot.setRangeGridlinesVisible(false);
    plot.setBackgroundPaint(Color.WHITE);
    JFreeChart drawing = new JFreeChart(null, FONT, plot, false);
    drawing.setBackgroundPaint(Color.WHITE);
    drawing.setPadding(new RectangleInsets(MARGIN, 0, MARGIN, 0));
    return drawing;
  }

  /** Less than nothing, which memory can seem to take, would be a bar across the names. */
  private static DefaultCategoryDataset dataset(Chart chart) {
    DefaultCategoryDataset dataset = new DefaultCategoryDataset();
    for (Bar bar : chart.bars()) {
      dataset.addValue(Math.max(0, bar.statistics().median()), "median", bar.subject());
    }
    return dataset;
  }

  /** Hidden: it would place a name by the width of a font that the browser may not have. */
  private static CategoryAxis subjects(Chart chart) {
    CategoryAxis axis = new CategoryAxis();
    axis.setVisible(false);
    axis.setLowerMargin(0);
    axis.setUpperMargin(0);
    axis.setCategoryMargin((double) (chart.bars().size() - 1) * GAP / height(chart));
    return axis;
  }

  /** Hidden, because every bar has its value; it leaves room for names and values. */
  private static NumberAxis values(Chart chart) {
    NumberAxis axis = new NumberAxis();
    double bars = WIDTH - LABEL_WIDTH - VALUE_WIDTH;
    double end = chart.end() > 0 ? chart.end() : 1;
    axis.setRange(-end * LABEL_WIDTH / bars, end * (bars + VALUE_WIDTH) / bars);
    axis.setVisible(false);
    return axis;
  }

  private static String described(String svg, Chart chart) {
    String description = Html.text(chart.description());
    int end = svg.indexOf('>') + 1;
    return "%s role=\"img\" aria-label=\"%s\"><title>%s</title>%s"
        .formatted(svg.substring(0, end - 1), description, description, svg.substring(end));
  }
}
