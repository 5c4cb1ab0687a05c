package org.secrethandshake.benchmarks.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Reports from Mustache templates, which are resources beside a class: as a page that needs nothing
 * but itself, no script and no network, or as Markdown.
 */
public final class Page {
  private Page() {}

  /** Puts a template, a resource beside its owner, into our shell; the model has a title. */
  public static String html(Class<?> owner, String template, Object model) {
    Mustache.Compiler compiler =
        Mustache.compiler()
            .emptyStringIsFalse(true)
            .withLoader(
                name -> name.equals("body") ? open(owner, template) : open(Page.class, name));
    return compiler.compile(open(Page.class, "page.html")).execute(model);
  }

  /** Fills a template of Markdown; a bar in a cell does not end it. */
  public static String markdown(Class<?> owner, String template, Object model) {
    return Mustache.compiler()
        .emptyStringIsFalse(true)
        .withEscaper(text -> text.replace("|", "\\|"))
        .compile(open(owner, template))
        .execute(model);
  }

  private static Reader open(Class<?> owner, String name) {
    try (InputStream resource = Objects.requireNonNull(owner.getResourceAsStream(name), name)) {
      return new StringReader(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
