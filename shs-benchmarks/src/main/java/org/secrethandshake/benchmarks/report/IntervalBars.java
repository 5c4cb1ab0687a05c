package org.secrethandshake.benchmarks.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.CategoryItemRendererState;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.category.CategoryDataset;

/**
 * Horizontal bars, each in its own colour, with its name, an error bar, and the value.
 *
 * <p>JFreeChart's own error bars are as long on both sides of a mean; an interval of samples is
 * not.
 */
final class IntervalBars extends BarRenderer {
  private static final long serialVersionUID = 1L;
  private static final Color INK = new Color(0x1f, 0x1f, 0x1f);
  private static final double CAP = 3.5;
  private static final double GAP = 6;
  private static final int LONGEST_NAME = 20;

  /** Of a capital letter, as a share of the size of its font. */
  private static final float HALF_HEIGHT = 0.36f;

  private final transient Chart chart;
  private final Font font;

  IntervalBars(Chart chart, Font font) {
    this.chart = chart;
    this.font = font;
    setBarPainter(new StandardBarPainter());
    setShadowVisible(false);
    setDrawBarOutline(false);
  }

  @Override
  public Paint getItemPaint(int row, int column) {
    return Color.decode(chart.bars().get(column).colour());
  }

  @Override
  public void drawItem(
      Graphics2D graphics,
      CategoryItemRendererState state,
      Rectangle2D area,
      CategoryPlot plot,
      CategoryAxis labels,
      ValueAxis values,
      CategoryDataset dataset,
      int row,
      int column,
      int pass) {
    super.drawItem(graphics, state, area, plot, labels, values, dataset, row, column, pass);
    Statistics found = chart.bars().get(column).statistics();
    double low = x(found.low(), values, area);
    double high = x(found.high(), values, area);
    double middle =
        labels.getCategoryMiddle(column, dataset.getColumnCount(), area, plot.getDomainAxisEdge());
    if (found.count() > 1) {
      drawInterval(graphics, low, high, middle);
    }
    drawText(graphics, name(column), area.getMinX(), middle);
    double end = Math.max(high, x(found.median(), values, area));
    drawText(graphics, chart.value(chart.bars().get(column)), end + GAP, middle);
  }

  private static double x(double value, ValueAxis values, Rectangle2D area) {
    return values.valueToJava2D(Math.max(0, value), area, RectangleEdge.BOTTOM);
  }

  private static void drawInterval(Graphics2D graphics, double low, double high, double middle) {
    graphics.setPaint(INK);
    graphics.setStroke(new BasicStroke(1.4f));
    graphics.draw(new Line2D.Double(low, middle, high, middle));
    graphics.draw(new Line2D.Double(low, middle - CAP, low, middle + CAP));
    graphics.draw(new Line2D.Double(high, middle - CAP, high, middle + CAP));
  }

  private String name(int column) {
    return Words.shortened(chart.bars().get(column).subject(), LONGEST_NAME);
  }

  private void drawText(Graphics2D graphics, String text, double x, double middle) {
    graphics.setPaint(INK);
    graphics.setFont(font);
    graphics.drawString(text, (float) x, (float) middle + font.getSize2D() * HALF_HEIGHT);
  }
}
