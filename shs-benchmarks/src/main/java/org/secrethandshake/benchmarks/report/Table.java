package org.secrethandshake.benchmarks.report;

import java.util.List;

/**
 * A table, before it is known whether it becomes HTML or Markdown.
 *
 * @param caption what it shows
 * @param header the names of its columns
 * @param rows as many cells as the header has, each
 */
record Table(String caption, List<String> header, List<List<Cell>> rows) {
  boolean isEmpty() {
    return rows.isEmpty();
  }

  /**
   * A cell.
   *
   * @param text what it says
   * @param detail a second, smaller line; may be empty
   * @param strong whether it is the best of its kind
   */
  record Cell(String text, String detail, boolean strong) {
    static Cell of(String text) {
      return new Cell(text, "", false);
    }
  }
}
