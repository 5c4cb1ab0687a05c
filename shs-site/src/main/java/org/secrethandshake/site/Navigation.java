package org.secrethandshake.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pages of the site in their order, by chapters, as {@code navigation.txt} lists them.
 *
 * @param chapters in the order of reading
 */
record Navigation(List<Chapter> chapters) {
  private static final String CHAPTER = "# ";

  /** A part of the navigation, under a title of its own. */
  record Chapter(String title, List<Page> pages) {}

  /**
   * Reads the list.
   *
   * @param root of the repository
   * @throws IOException if a page has no file
   */
  static Navigation read(Path root) throws IOException {
    List<Chapter> chapters = new ArrayList<>();
    for (String line : Resources.text("navigation.txt").lines().toList()) {
      if (line.startsWith(CHAPTER)) {
        chapters.add(new Chapter(line.substring(CHAPTER.length()), new ArrayList<>()));
      } else if (!line.isBlank()) {
        String[] words = line.strip().split("\\s+", 2);
        Page page = new Page(words[0], words[1]);
        if (!Files.exists(root.resolve(page.source()))) {
          throw new IOException("the navigation lists " + page.source() + ", which is not there");
        }
        chapters.get(chapters.size() - 1).pages().add(page);
      }
    }
    return new Navigation(List.copyOf(chapters));
  }

  List<Page> pages() {
    return chapters.stream().flatMap(chapter -> chapter.pages().stream()).toList();
  }

  Optional<Page> page(String source) {
    return pages().stream().filter(page -> page.source().equals(source)).findFirst();
  }
}
