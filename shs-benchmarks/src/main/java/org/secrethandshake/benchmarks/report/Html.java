package org.secrethandshake.benchmarks.report;

/** Elements of a page. What they give is well-formed XML as well. */
final class Html {
  private Html() {}

  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** An element around markup. */
  static String element(String name, String content) {
    return "<" + name + ">" + content + "</" + name + ">\n";
  }

  /** An element of a class around markup. */
  static String element(String name, String type, String content) {
    return "<" + name + " class=\"" + type + "\">" + content + "</" + name + ">\n";
  }
}
