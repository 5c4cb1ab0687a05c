package org.secrethandshake.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Where the links of the pages lead on the site: to other pages, to copies of the repository's
 * files, or out of it.
 *
 * <p>Not thread-safe.
 */
final class Links {
  private static final Pattern OUTSIDE = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:.*");

  private final Path root;
  private final Navigation navigation;
  private final Set<String> copied = new TreeSet<>();

  Links(Path root, Navigation navigation) {
    this.root = root;
    this.navigation = navigation;
  }

  /**
   * Translates the target of a link.
   *
   * @throws IllegalArgumentException if the repository has no such file
   */
  String translate(Page from, String target) {
    if (target.startsWith("#") || OUTSIDE.matcher(target).matches()) {
      return target;
    }
    int hash = target.indexOf('#');
    String file = hash < 0 ? target : target.substring(0, hash);
    String anchor = hash < 0 ? "" : target.substring(hash);
    String source = sourceOf(from, file);
    return navigation.page(source).map(Page::file).orElseGet(() -> copyOf(from, source)) + anchor;
  }

  /** The file that a page names, from the root of the repository. */
  String sourceOf(Page from, String file) {
    Path folder = Path.of(from.source()).resolveSibling(file).normalize();
    return folder.toString().replace('\\', '/');
  }

  private String copyOf(Page from, String source) {
    if (source.startsWith("..") || !Files.isRegularFile(root.resolve(source))) {
      throw new IllegalArgumentException(
          from.source() + " links to " + source + ", which is no file of this repository");
    }
    copied.add(source);
    return nameOfCopy(source);
  }

  /** The files of the repository that pages link to, and that are no pages. */
  Set<String> copied() {
    return copied;
  }

  /** Named so that a browser shows it as text, unless it is made for a browser. */
  static String nameOfCopy(String source) {
    return "source/" + source + (source.matches(".*\\.(html|svg|png)") ? "" : ".txt");
  }
}
