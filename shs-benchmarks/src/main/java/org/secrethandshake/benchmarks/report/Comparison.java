package org.secrethandshake.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.secrethandshake.benchmarks.report.Table.Cell;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Section;

/**
 * What changed since an older run, and whether it is beyond the noise between runs.
 *
 * @param since what the older run was, such as its date
 * @param changes all figures that both runs measured, those that matter first
 * @param notes why the two runs may differ for other reasons than the code
 */
public record Comparison(String since, List<Change> changes, List<String> notes) {
  /** Keeps copies of the lists. */
  public Comparison {
    changes = List.copyOf(changes);
    notes = List.copyOf(notes);
  }

  /** Compares two runs, with what is known of where they were made. */
  public static Comparison between(Results before, Results now) {
    List<String> notes = new ArrayList<>();
    differs("processor", before.environment().machine(), now.environment().machine())
        .ifPresent(notes::add);
    differs("JDK", before.environment().jdk(), now.environment().jdk()).ifPresent(notes::add);
    String since = "the run of " + Words.date(before.environment().date());
    return between(since, before.measurements(), now.measurements(), notes);
  }

  /**
   * Compares measurements of which nothing else is known.
   *
   * @param since what the older ones are, such as the name of their file
   */
  public static Comparison between(String since, List<Measurement> before, List<Measurement> now) {
    return between(since, before, now, List.of());
  }

  private static Comparison between(
      String since, List<Measurement> before, List<Measurement> now, List<String> notes) {
    List<Change> all = now.stream().flatMap(found -> old(before, found).stream()).toList();
    List<Change> ordered = new ArrayList<>(all.stream().filter(Change::matters).toList());
    all.stream().filter(change -> !change.matters()).forEach(ordered::add);
    return new Comparison(since, ordered, notes);
  }

  /** The heading. */
  public String title() {
    return "What changed since " + since;
  }

  /** In one sentence. */
  public String summary() {
    long mattering = changes.stream().filter(Change::matters).count();
    if (changes.isEmpty()) {
      return "The two runs have no figure in common.";
    }
    return mattering == 0
        ? "Nothing beyond noise, of %d figures that both runs measured.".formatted(changes.size())
        : "%d of %d figures that both runs measured changed beyond noise."
            .formatted(mattering, changes.size());
  }

  /** What changed beyond noise. */
  Table mattering() {
    return table("Beyond noise", changes.stream().filter(Change::matters).toList());
  }

  /** What did not. */
  Table rest() {
    List<Change> rest = changes.stream().filter(change -> !change.matters()).toList();
    return table("Within noise", rest);
  }

  private static Table table(String caption, List<Change> changes) {
    return new Table(
        caption,
        List.of("", "Now", "Change", "Heap per operation"),
        changes.stream().map(Comparison::row).toList());
  }

  private static List<Cell> row(Change change) {
    Section section = change.figure().section();
    double before = change.statisticsBefore().median();
    double now = change.statisticsNow().median();
    String variant = change.figure().variant();
    String subject = change.now().subject();
    return List.of(
        new Cell(section.title(), variant.isEmpty() ? subject : subject + ", " + variant, false),
        new Cell(Numbers.withUnit(section, now), "was " + Numbers.withUnit(section, before), false),
        new Cell(Numbers.percent(before, now), change.verdict(), change.beyondNoise()),
        allocation(change));
  }

  private static Cell allocation(Change change) {
    String now = Numbers.bytes(change.now().allocatedBytes());
    return change.allocatesOtherwise()
        ? new Cell(now, "was " + Numbers.bytes(change.before().allocatedBytes()), true)
        : Cell.of(now);
  }

  private static Optional<Change> old(List<Measurement> before, Measurement now) {
    return before.stream()
        .filter(old -> old.figure().equals(now.figure()) && old.subject().equals(now.subject()))
        .findFirst()
        .map(old -> new Change(old, now));
  }

  private static Optional<String> differs(String what, String before, String now) {
    return before.equals(now)
        ? Optional.empty()
        : Optional.of(
            "The older run had another %s (%s; now %s), so not every change is one of the code."
                .formatted(what, before, now));
  }
}
