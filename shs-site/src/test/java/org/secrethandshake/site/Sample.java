package org.secrethandshake.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;

/**
 * A block of code on a page.
 *
 * @param page the source of the page
 * @param language the word behind the fence
 * @param note what the comment before the block says about it; empty if there is none
 * @param text the code
 */
record Sample(String page, String language, String note, String text) {
  private static final Pattern COMMENT = Pattern.compile("<!--(.*?)-->", Pattern.DOTALL);
  private static final Pattern SHOWN = Pattern.compile("sample: (\\S+?)(?:#(\\S+))?");
  private static final Pattern CHECKED = Pattern.compile("checked by: (\\S+)");
  private static final Pattern TYPE =
      Pattern.compile(
          "(?m)^(?:public |final |abstract |sealed )*(?:class|interface|record|enum) (\\w+)");

  static List<Sample> of(Page page) throws IOException {
    List<Sample> samples = new ArrayList<>();
    Markdown.parse(Files.readString(Project.ROOT.resolve(page.source())))
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(FencedCodeBlock block) {
                String note =
                    block.getPrevious() instanceof HtmlBlock comment
                        ? note(comment.getLiteral())
                        : "";
                samples.add(
                    new Sample(page.source(), block.getInfo(), note, block.getLiteral().strip()));
              }
            });
    return samples;
  }

  private static String note(String literal) {
    Matcher comment = COMMENT.matcher(literal.strip());
    return comment.matches() ? comment.group(1).strip() : "";
  }

  /** The source, or its region, that the block must be equal to. */
  Optional<String> shown() throws IOException {
    Matcher shown = SHOWN.matcher(note);
    if (!shown.matches()) {
      return Optional.empty();
    }
    String source = Files.readString(Project.ROOT.resolve(shown.group(1)));
    String region = shown.group(2);
    return Optional.of(
        region == null
            ? source.replaceFirst("(?s)^package .*?;", "").strip()
            : region(source, region));
  }

  /** The lines between {@code // @start region="NAME"} and {@code // @end}. */
  static String region(String source, String name) {
    Pattern region =
        Pattern.compile(
            "(?ms)^ *// @start region=\"" + Pattern.quote(name) + "\"\\R(.*?)^ *// @end$");
    Matcher found = region.matcher(source);
    if (!found.find()) {
      throw new IllegalArgumentException("there is no region " + name);
    }
    return found.group(1).stripTrailing().stripIndent().strip();
  }

  /** The test elsewhere that compiles the block, which names the page. */
  Optional<Path> checkedBy() {
    Matcher checked = CHECKED.matcher(note);
    return checked.matches()
        ? Optional.of(Project.ROOT.resolve(checked.group(1)))
        : Optional.empty();
  }

  /** The name of the class that the block declares, if it is a whole one. */
  Optional<String> declaredType() {
    Matcher type = TYPE.matcher(text);
    return type.find() ? Optional.of(type.group(1)) : Optional.empty();
  }
}
