package org.secrethandshake.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** Makes the site, into {@code target/site}, and looks at it as a browser would. */
class SiteTest {
  private static final String OUTSIDE = "https?://.*";

  private static List<HtmlPage> pages;

  @BeforeAll
  static void makeTheSite() throws Exception {
    if (Boolean.getBoolean("shs.site.api")) {
      Javadoc.write(Project.ROOT, Project.SITE.resolve("api"), libraries());
    }
    Site.write(Project.ROOT, Project.SITE);
    pages = new ArrayList<>();
    for (Page page : Navigation.read(Project.ROOT).pages()) {
      pages.add(HtmlPage.read(Project.SITE.resolve(page.file())));
    }
  }

  private static String libraries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void listsEveryPageOfTheDocumentation() throws IOException {
    Set<String> listed =
        Navigation.read(Project.ROOT).pages().stream()
            .map(Page::source)
            .collect(Collectors.toCollection(TreeSet::new));
    try (Stream<Path> files = Files.walk(Project.ROOT.resolve("docs"))) {
      files
          .map(file -> Project.ROOT.relativize(file).toString().replace(File.separatorChar, '/'))
          .filter(file -> file.endsWith(".md"))
          .forEach(file -> assertTrue(listed.contains(file), file + " is not in navigation.txt"));
    }
  }

  @Test
  void givesEveryPageAFileAndATitleOfItsOwn() {
    assertEquals(pages.size(), pages.stream().map(HtmlPage::file).distinct().count());
    assertEquals(pages.size(), pages.stream().map(HtmlPage::title).distinct().count());
  }

  @Test
  void linksOnlyToWhatIsThere() {
    Map<Path, Set<String>> anchors = new HashMap<>();
    pages.forEach(page -> anchors.put(page.file(), new HashSet<>(page.ids())));

    List<String> broken = new ArrayList<>();
    for (HtmlPage page : pages) {
      for (String link : page.links()) {
        if (!link.matches(OUTSIDE) && !leadsSomewhere(page, link, anchors)) {
          broken.add(page.file().getFileName() + " -> " + link);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  private static boolean leadsSomewhere(
      HtmlPage page, String link, Map<Path, Set<String>> anchors) {
    int hash = link.indexOf('#');
    String name = hash < 0 ? link : link.substring(0, hash);
    Path target = name.isEmpty() ? page.file() : page.file().resolveSibling(name);
    return Files.isRegularFile(target)
        && (hash < 0 || anchors.getOrDefault(target, Set.of()).contains(link.substring(hash + 1)));
  }

  @Test
  void usesEachIdOfAPageOnce() {
    for (HtmlPage page : pages) {
      assertEquals(page.ids().stream().distinct().toList(), page.ids(), page.file().toString());
    }
  }

  @Test
  void saysInWordsWhatEachImageShows() {
    List<Element> drawings = pages.stream().flatMap(page -> page.elements("svg")).toList();
    for (Element drawing : drawings) {
      assertEquals("img", drawing.getAttribute("role"));
      for (String name : List.of("title", "desc")) {
        Optional<Element> words = HtmlPage.within(drawing.getElementsByTagName(name)).findFirst();
        assertTrue(words.isPresent(), () -> drawing.getAttribute("id") + " has no " + name);
        assertTrue(words.get().getTextContent().length() > 20, words.get().getTextContent());
        assertTrue(
            drawing.getAttribute("aria-labelledby").contains(words.get().getAttribute("id")));
      }
    }
    assertTrue(drawings.size() >= 2, "the messages and the packet are drawn");
    pages.stream()
        .flatMap(page -> page.elements("img"))
        .forEach(image -> assertTrue(image.getAttribute("alt").length() > 20));
  }

  @Test
  void loadsNothingButItsOwnStyleSheet() {
    for (HtmlPage page : pages) {
      assertEquals(0, page.elements("script").count(), page.file().toString());
      assertEquals(0, page.elements("iframe").count(), page.file().toString());
      assertEquals(
          List.of("site.css"),
          page.elements("link").map(link -> link.getAttribute("href")).toList());
    }
  }

  @Test
  void hasOneFirstHeadingOnEachPage() {
    for (HtmlPage page : pages) {
      assertEquals(1, page.elements("h1").count(), page.file().toString());
    }
  }
}
