package org.secrethandshake.benchmarks.report;

import java.util.List;
import org.secrethandshake.benchmarks.report.Table.Cell;

/** Tables of a page. */
final class HtmlTables {
  private HtmlTables() {}

  /** The first cell of each row is its heading. A wide table scrolls by itself on a phone. */
  static String of(Table table) {
    StringBuilder rows = new StringBuilder();
    rows.append(Html.element("caption", Html.text(table.caption())));
    rows.append(Html.element("thead", header(table.header())));
    StringBuilder body = new StringBuilder();
    table.rows().forEach(row -> body.append(row(row)));
    rows.append(Html.element("tbody", body.toString()));
    return Html.element("div", "scroll", Html.element("table", rows.toString()));
  }

  private static String header(List<String> names) {
    StringBuilder cells = new StringBuilder();
    for (String name : names) {
      // An empty heading says nothing to a screen reader.
      cells.append(name.isEmpty() ? "<td></td>" : "<th scope=\"col\">" + Html.text(name) + "</th>");
    }
    return Html.element("tr", cells.toString());
  }

  private static String row(List<Cell> cells) {
    StringBuilder row = new StringBuilder();
    row.append("<th scope=\"row\">").append(content(cells.get(0))).append("</th>");
    cells
        .subList(1, cells.size())
        .forEach(cell -> row.append("<td>").append(content(cell)).append("</td>"));
    return Html.element("tr", row.toString());
  }

  private static String content(Cell cell) {
    String text = Html.text(cell.text());
    String shown = cell.strong() ? "<strong>" + text + "</strong>" : text;
    return cell.detail().isEmpty()
        ? shown
        : "<span>" + shown + "</span><small>" + Html.text(cell.detail()) + "</small>";
  }
}
