package org.secrethandshake.conformance.report;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.secrethandshake.benchmarks.report.Page;
import org.secrethandshake.conformance.Backends;
import org.secrethandshake.conformance.Requirement;
import org.secrethandshake.conformance.report.Question.Answer;
import org.secrethandshake.spi.CryptoProvider;

/**
 * What every column answers to every row, and what is said about it in words.
 *
 * <p>It holds no date and no path, so that it only changes when an answer or a version does.
 *
 * @param columns our backends, then the raw libraries
 * @param sections the rows
 * @param answers each row's, in the order of the columns
 */
record Report(List<Column> columns, List<Section> sections, Map<Question, List<Answer>> answers) {
  static final String COMMAND =
      "mvn -B -pl shs-conformance -am verify -Dtest=ConformanceReportTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dshs.report.dir=docs"
          + " -Dshs.vectors=FOLDER";

  /** Asks everybody everything. */
  static Report make() {
    CryptoProvider maker = Backends.list().get(0);
    List<Section> sections = new ArrayList<>(new SignatureSections(maker).all());
    sections.add(AgreementSection.of(maker));
    Requirement.vectors().ifPresent(folder -> sections.add(OutsideSection.of(folder)));
    List<Column> columns = Column.all();
    Map<Question, List<Answer>> answers = new LinkedHashMap<>();
    for (Section section : sections) {
      for (Question question : section.questions()) {
        answers.put(question, columns.stream().map(question::ask).toList());
      }
    }
    return new Report(columns, sections, answers);
  }

  String title() {
    return "Secret Handshake for Java: conformance report";
  }

  /** What the report is made to find out, in one line. */
  String headline() {
    long count = differences();
    return count == 1
        ? "1 difference between our backends"
        : count + " differences between our backends";
  }

  /** The cases, over all rows, about which our backends do not all say the same. */
  long differences() {
    return answers.values().stream().map(this::ofOurs).mapToLong(Report::disputed).sum();
  }

  private List<Answer> ofOurs(List<Answer> row) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).isOurs())
        .mapToObj(row::get)
        .toList();
  }

  private static long disputed(List<Answer> given) {
    BitSet disputed = new BitSet();
    for (Answer answer : given) {
      BitSet other = (BitSet) answer.verdicts().clone();
      other.xor(given.get(0).verdicts());
      disputed.or(other);
    }
    return disputed.cardinality();
  }

  String command() {
    return COMMAND;
  }

  /** The sections with everybody's answers, as the templates want them. */
  List<Part> parts() {
    return sections.stream()
        .map(section -> new Part(section, section.questions().stream().map(this::row).toList()))
        .toList();
  }

  private Row row(Question question) {
    List<Answer> given = answers.get(question);
    List<Cell> cells =
        IntStream.range(0, columns.size())
            .mapToObj(i -> new Cell(columns.get(i), given.get(i)))
            .toList();
    return new Row(question.title(), question.cases().size(), question.rule(), cells);
  }

  /** The report as one page that loads nothing. */
  String html() {
    return Page.html(Report.class, "conformance.html", this);
  }

  String markdown() {
    return Page.markdown(Report.class, "conformance.md", this);
  }

  /** A section with its rows: first those in which a column is not as the rule says. */
  record Part(Section section, List<Row> rows) {
    List<Table> tables() {
      Map<Boolean, List<Row>> kinds =
          rows.stream().collect(Collectors.partitioningBy(Row::isAsTheRule));
      return Stream.of(
              new Table("", kinds.get(false)), new Table(fold(kinds.get(true)), kinds.get(true)))
          .filter(table -> !table.rows().isEmpty())
          .toList();
    }

    private static String fold(List<Row> rows) {
      return rows.size() == 1
          ? "1 row without a deviation"
          : rows.size() + " rows without a deviation";
    }
  }

  /**
   * Some rows of a section.
   *
   * @param fold under which words the table is folded away; empty if it is open
   */
  record Table(String fold, List<Row> rows) {}

  /** A question with its answers. */
  record Row(String title, int cases, Answer rule, List<Cell> cells) {
    boolean isAsTheRule() {
      return cells.stream().allMatch(cell -> cell.answer().isTheRules());
    }
  }

  /** What one column answers. */
  record Cell(Column column, Answer answer) {}

  /** The rows in which a column is not as the rule says, by their titles. */
  List<String> divergences(Column column) {
    int number = columns.indexOf(column);
    return answers.entrySet().stream()
        .filter(row -> !row.getValue().get(number).isTheRules())
        .map(row -> row.getKey().title())
        .toList();
  }

  /** What the rule adds, at a glance. */
  List<String> summary() {
    return List.of(
        ours()
            + raw()
            + " What the rule adds is the refusal of keys and of R outside the prime-order subgroup:"
            + " one library takes them always, others when chance favours them, and under a key of"
            + " small order some take a forged signature of any message.",
        "The rule: a key is canonical, in the prime-order subgroup and not the identity; R of a"
            + " signature meets the same test and S is below L; an all-zero shared secret is refused."
            + " Honest signers never make what it refuses, so tests with random inputs show nothing of"
            + " this; attackers do, and a key that one backend lets in another would keep out.");
  }

  private String ours() {
    List<Column> ours = columns.stream().filter(Column::isOurs).toList();
    long different = ours.stream().filter(column -> !divergences(column).isEmpty()).count();
    String names = ours.stream().map(Column::name).collect(Collectors.joining(", "));
    return different == 0
        ? "Over %s rows of %s cases our backends (%s) give the same answers, and always those of the rule. "
            .formatted(answers.size(), cases(), names)
        : "Over %s rows of %s cases %s of our backends (%s) break the rule. "
            .formatted(answers.size(), cases(), different, names);
  }

  private int cases() {
    return answers.keySet().stream().mapToInt(question -> question.cases().size()).sum();
  }

  private String raw() {
    return columns.stream()
        .filter(column -> !column.isOurs())
        .map(column -> "%s in %s rows".formatted(column.name(), divergences(column).size()))
        .collect(
            Collectors.joining(", ", "The libraries, used as they are, differ from it: ", "."));
  }

  /** Whose answers these are. */
  List<String> versions() {
    List<String> versions = new ArrayList<>();
    Backends.list().forEach(crypto -> versions.add(crypto.name() + ": " + crypto.description()));
    versions.add("The columns of the libraries ask the very same versions, without our checks.");
    if (Requirement.vectors().isEmpty()) {
      versions.add("Published vectors are missing here: -Dshs.vectors names no folder of them.");
    }
    return versions;
  }
}
