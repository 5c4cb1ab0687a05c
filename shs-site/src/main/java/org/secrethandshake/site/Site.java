package org.secrethandshake.site;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The documentation as a site that needs no script, no server and no network: a page for each
 * Markdown file of the navigation, a style sheet, and copies of the files that pages link to.
 */
public final class Site {
  /** Where the Javadoc is on the site, if it has one. */
  static final String API = "api/index.html";

  private static final int WORTH_A_TABLE_OF_CONTENTS = 3;

  private final Path root;
  private final Path folder;
  private final Navigation navigation;
  private final Links links;
  private final Template template;

  private Site(Path root, Path folder) throws IOException {
    this.root = root;
    this.folder = folder;
    this.navigation = Navigation.read(root);
    this.links = new Links(root, navigation);
    this.template =
        Mustache.compiler().emptyStringIsFalse(true).compile(Resources.text("page.html"));
  }

  /**
   * Writes the site. Javadoc that is in the folder's {@code api} already is linked to.
   *
   * @param root of the repository
   * @param folder made unless it is there; files of the same names are replaced
   * @throws IllegalArgumentException if a page links to a file that is not there
   */
  public static void write(Path root, Path folder) throws IOException {
    new Site(root, Files.createDirectories(folder)).write();
  }

  private void write() throws IOException {
    for (Page page : navigation.pages()) {
      Article article = Article.of(page, root, links);
      Files.writeString(folder.resolve(page.file()), template.execute(view(page, article)));
    }
    Files.writeString(folder.resolve("site.css"), Resources.text("site.css"));
    for (String source : links.copied()) {
      Path copy = folder.resolve(Links.nameOfCopy(source));
      Files.createDirectories(copy.resolveSibling("."));
      Files.writeString(copy, Files.readString(root.resolve(source)));
    }
  }

  private View view(Page page, Article article) {
    List<Page> pages = navigation.pages();
    int number = pages.indexOf(page);
    return new View(
        article,
        navigation.chapters().stream().map(chapter -> entries(chapter, page)).toList(),
        article.headings().size() < WORTH_A_TABLE_OF_CONTENTS ? List.of() : article.headings(),
        Files.exists(folder.resolve(API)) ? API : null,
        number == 0 ? null : pages.get(number - 1),
        number == pages.size() - 1 ? null : pages.get(number + 1));
  }

  private static Entries entries(Navigation.Chapter chapter, Page current) {
    return new Entries(
        chapter.title(),
        chapter.pages().stream()
            .map(page -> new Entry(page.file(), page.label(), page.equals(current)))
            .toList());
  }

  /** What the template shows. */
  record View(
      Article article,
      List<Entries> chapters,
      List<Article.Anchor> contents,
      @Nullable String api,
      @Nullable Page previous,
      @Nullable Page next) {}

  /** A chapter of the navigation, seen from a page. */
  record Entries(String title, List<Entry> entries) {}

  /** A link of the navigation. */
  record Entry(String file, String label, boolean current) {}
}
