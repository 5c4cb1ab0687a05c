package org.secrethandshake.benchmarks.report;

/** What the figures rest on, at the foot of a page. */
final class HtmlFoot {
  private HtmlFoot() {}

  static String of(Environment environment) {
    StringBuilder terms = new StringBuilder();
    Foot.of(environment)
        .forEach(
            (name, value) ->
                terms
                    .append(Html.element("dt", Html.text(name)))
                    .append(Html.element("dd", Html.text(value))));
    return Html.element(
        "footer",
        Html.element("h2", "How this was measured")
            + Html.element("p", Foot.RULE)
            + Html.element("dl", terms.toString()));
  }
}
