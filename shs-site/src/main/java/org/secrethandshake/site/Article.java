package org.secrethandshake.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;

/**
 * The text of a page, as it stands on the site.
 *
 * @param title its first heading, as plain text
 * @param heading the same as it stands on the page
 * @param headings those of the second level
 * @param html what follows the first heading
 */
record Article(String title, String heading, List<Anchor> headings, String html) {
  private static final String COMMENT = "<!--";
  private static final String DRAWING = ".svg";
  private static final int MANY_COLUMNS = 7;

  /**
   * A heading that can be linked to.
   *
   * @param id unique within its page
   */
  record Anchor(String id, String text) {}

  /** Renders a page's Markdown, with its links as they are on the site. */
  static Article of(Page page, Path root, Links links) throws IOException {
    Node document = Markdown.parse(Files.readString(root.resolve(page.source())));
    Editor editor = new Editor(page, root, links);
    document.accept(editor);
    editor.edits.forEach(Runnable::run);
    HtmlRenderer renderer =
        HtmlRenderer.builder()
            .extensions(Markdown.EXTENSIONS)
            .attributeProviderFactory(
                context -> (node, tag, attributes) -> editor.addTo(node, tag, attributes))
            .build();
    Heading first = editor.first;
    if (first == null) {
      throw new IOException(page.source() + " has no heading of the first level");
    }
    first.unlink();
    return new Article(
        Markdown.text(first),
        renderer.render(first),
        List.copyOf(editor.chapters),
        renderer.render(document));
  }

  /** Collects the headings, and what has to be changed once all of the tree was seen. */
  private static final class Editor extends AbstractVisitor {
    private final Page page;
    private final Path root;
    private final Links links;
    private final IdGenerator generator = IdGenerator.builder().build();
    private final Map<Node, String> ids = new HashMap<>();
    private final List<Anchor> chapters = new ArrayList<>();
    private final List<Runnable> edits = new ArrayList<>();
    private @Nullable Heading first;

    Editor(Page page, Path root, Links links) {
      this.page = page;
      this.root = root;
      this.links = links;
    }

    void addTo(Node node, String tag, Map<String, String> attributes) {
      if (ids.containsKey(node)) {
        attributes.put("id", ids.get(node));
      }
      if (tag.equals("pre")) {
        // It may scroll, and whoever has no mouse must be able to.
        attributes.put("tabindex", "0");
      }
    }

    @Override
    public void visit(Heading heading) {
      String text = Markdown.text(heading);
      String id = generator.generateId(text);
      ids.put(heading, id);
      if (heading.getLevel() == 1 && first == null) {
        first = heading;
      } else if (heading.getLevel() == 2) {
        chapters.add(new Anchor(id, text));
      }
      visitChildren(heading);
    }

    @Override
    public void visit(Link link) {
      visitChildren(link);
      link.setDestination(links.translate(page, link.getDestination()));
    }

    @Override
    public void visit(Image image) {
      if (image.getDestination().endsWith(DRAWING) && image.getParent() instanceof Paragraph) {
        String drawing = drawing(image);
        edits.add(() -> replace(image.getParent(), drawing));
      }
    }

    @Override
    public void visit(HtmlBlock block) {
      if (block.getLiteral().startsWith(COMMENT)) {
        edits.add(block::unlink);
      }
    }

    @Override
    public void visit(CustomBlock block) {
      visitChildren(block);
      if (block instanceof TableBlock) {
        edits.add(
            () -> {
              String kind = columns(block) < MANY_COLUMNS ? "table" : "table wide";
              block.insertBefore(html("<div class=\"" + kind + "\" tabindex=\"0\">"));
              block.insertAfter(html("</div>"));
            });
      }
    }

    private static int columns(CustomBlock table) {
      int count = 0;
      // The head's only row.
      for (Node cell = table.getFirstChild().getFirstChild().getFirstChild();
          cell != null;
          cell = cell.getNext()) {
        count++;
      }
      return count;
    }

    /** A drawing becomes a part of the page, whose colours it takes on. */
    private String drawing(Image image) {
      try {
        Path file = root.resolve(links.sourceOf(page, image.getDestination()));
        return "<figure>\n" + Files.readString(file).strip() + "\n</figure>";
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void replace(Node node, String html) {
      node.insertBefore(html(html));
      node.unlink();
    }

    private static HtmlBlock html(String literal) {
      HtmlBlock block = new HtmlBlock();
      block.setLiteral(literal);
      return block;
    }
  }
}
