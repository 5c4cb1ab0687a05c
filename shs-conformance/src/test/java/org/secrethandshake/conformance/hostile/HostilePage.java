package org.secrethandshake.conformance.hostile;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.secrethandshake.benchmarks.report.Page;
import org.secrethandshake.conformance.Backends;
import org.secrethandshake.spi.CryptoProvider;

/**
 * What has become of every attack, as a page. It holds no date, time or version, so that it changes
 * only when an attack or its outcome does.
 *
 * @param parts the chapters with what was seen
 */
record HostilePage(List<Part> parts) {
  static final String COMMAND =
      "mvn -B -pl shs-conformance -am verify -Dtest=HostileTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dshs.report.dir=docs";

  /** A chapter with its rows. */
  record Part(Chapter chapter, List<Row> rows) {}

  /**
   * An attack with what has become of it.
   *
   * @param tries with each backend, or with all of them
   */
  record Row(Attack attack, String tries, Outcomes outcomes) {}

  static HostilePage of(Map<Attack, List<Outcomes>> seen, List<Chapter> chapters) {
    return new HostilePage(
        chapters.stream()
            .map(
                chapter ->
                    new Part(
                        chapter,
                        chapter.attacks().stream()
                            .map(attack -> row(attack, seen.get(attack)))
                            .toList()))
            .toList());
  }

  private static Row row(Attack attack, List<Outcomes> ofBackends) {
    Outcomes first = ofBackends.get(0);
    if (ofBackends.stream().allMatch(first::equals)) {
      return new Row(attack, String.valueOf(first.tries()), first);
    }
    Outcomes sum = Outcomes.sum(ofBackends);
    return new Row(attack, sum.tries() + " in all", sum);
  }

  String backends() {
    return Backends.list().stream().map(CryptoProvider::name).collect(Collectors.joining(", "));
  }

  int attacks() {
    return parts.stream().mapToInt(part -> part.rows().size()).sum();
  }

  String command() {
    return COMMAND;
  }

  String markdown() {
    return Page.markdown(HostilePage.class, "hostile.md", this);
  }
}
