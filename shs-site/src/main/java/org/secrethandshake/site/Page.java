package org.secrethandshake.site;

import java.util.Locale;

/**
 * A page of the site.
 *
 * @param source its Markdown file, from the root of the repository
 * @param label what the navigation calls it
 */
record Page(String source, String label) {
  private static final String HOME = "README.md";

  /** The name of its file on the site, where all pages lie in one folder. */
  String file() {
    if (source.equals(HOME)) {
      return "index.html";
    }
    String name = source.substring(source.lastIndexOf('/') + 1);
    return name.replaceFirst("\\.md$", ".html").toLowerCase(Locale.ROOT);
  }
}
