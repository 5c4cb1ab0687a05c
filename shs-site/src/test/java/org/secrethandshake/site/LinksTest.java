package org.secrethandshake.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;

class LinksTest {
  private static final Page HOME = new Page("README.md", "Home");
  private static final Page GUIDE = new Page("docs/guide.md", "Guide");

  @TempDir Path root;
  private Links links;

  @BeforeEach
  void aRepository() throws IOException {
    Files.createDirectories(root.resolve("docs"));
    Files.writeString(root.resolve("LICENSE"), "Do what you like.");
    Navigation.Chapter chapter = new Navigation.Chapter("Start", List.of(HOME, GUIDE));
    links = new Links(root, new Navigation(List.of(chapter)));
  }

  @Test
  void leadFromPageToPage() {
    assertEquals("guide.html", links.translate(HOME, "docs/guide.md"));
    assertEquals("index.html#use-it", links.translate(GUIDE, "../README.md#use-it"));
    assertEquals("#here", links.translate(GUIDE, "#here"));
  }

  @Test
  void leadToCopiesOfOtherFiles() {
    assertEquals("source/LICENSE.txt", links.translate(GUIDE, "../LICENSE"));
    assertEquals(Set.of("LICENSE"), links.copied());
  }

  @Test
  void leadOutOfTheSite() {
    assertEquals("https://example.org/#a", links.translate(GUIDE, "https://example.org/#a"));
  }

  @Test
  void areRefusedIfTheyLeadNowhere() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> links.translate(GUIDE, "../NOTICE#a"));
    assertEquals(
        "docs/guide.md links to NOTICE, which is no file of this repository", refusal.getMessage());
  }

  @Test
  void areRefusedIfTheyLeadOutOfTheRepository() {
    assertThrows(IllegalArgumentException.class, () -> links.translate(GUIDE, "../../secret"));
  }

  @Test
  void areSeenAsBrokenWhereAPageIsNotWellFormed() {
    assertThrows(SAXException.class, () -> HtmlPage.parse("<html><p>one<br></p></html>"));
  }
}
