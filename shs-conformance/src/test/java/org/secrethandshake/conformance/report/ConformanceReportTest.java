package org.secrethandshake.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.conformance.Backends;
import org.secrethandshake.conformance.Project;
import org.secrethandshake.conformance.Requirement;
import org.secrethandshake.conformance.report.Question.Answer;
import org.secrethandshake.testkit.SignatureVector;

/**
 * Writes the report, into {@code target/} or where {@code -Dshs.report.dir} says, and holds our
 * backends to it. When a raw library no longer differs where it did, it has changed: see whether
 * its new rule still lets us keep ours.
 */
class ConformanceReportTest {
  private static final String MIXED_ORDER = "key A + T, T of order ";
  private static final String IDENTITY = "the identity as key, R = [S]B, any message";

  private static final int KEPT_JDK = 17;

  private static Report report;

  @BeforeAll
  static void makeTheReport() {
    report = Report.make();
  }

  @Test
  void isWrittenAsMarkdownAndHtml() throws IOException {
    Path folder =
        Project.ROOT.resolve(System.getProperty("shs.report.dir", "shs-conformance/target"));
    String markdown = report.markdown();
    String html = report.html();
    Files.writeString(folder.resolve("conformance.md"), markdown);
    Files.writeString(folder.resolve("conformance.html"), html);

    assertTrue(markdown.contains("⚠") && html.contains("⚠"));
    assertFalse(
        html.matches("(?s).*(<script|<link|src=|url\\(|@import).*"), "the page is self-contained");
    System.out.println("Conformance report: " + report.summary().get(0));
  }

  /** Only where everybody can be asked that the kept report has asked. */
  @Test
  void isKeptInTheDocumentationAsItIsNow() throws IOException {
    Requirement.VECTORS.orSkip("the comparison with the kept conformance report");
    assumeTrue(Runtime.version().feature() == KEPT_JDK, "the kept report is of another JDK");
    assumeTrue(
        Backends.list().size() == CryptoProviders.installed().size(), "a backend is missing here");
    String kept = Files.readString(Project.ROOT.resolve("docs/conformance.md"));

    assertEquals(tables(kept), tables(report.markdown()), "write it anew: " + Report.COMMAND);
  }

  @Test
  void findsNoDivergenceInOurBackends() {
    report.columns().stream()
        .filter(Column::isOurs)
        .forEach(ours -> assertEquals(List.of(), report.divergences(ours), ours.name()));
  }

  @Test
  void saysInItsFirstLineHowManyDifferencesItFound() {
    assertEquals("0 differences between our backends", report.headline());
    assertTrue(report.markdown().startsWith("# 0 differences between our backends\n"));
    assertTrue(report.html().contains("<h1>0 differences between our backends</h1>"));
  }

  /** As many cases accepted by each, and other ones. */
  @Test
  void countsEachCaseAboutWhichOurBackendsDiffer() {
    Question question =
        new Question(
            "three cases",
            true,
            List.of(
                column -> true, column -> column.name().equals("one"), column -> !column.isOurs()));
    List<Column> columns = List.of(new Named("one", true), new Named("two", true));

    assertEquals(1, reportOf(question, columns).differences());
    assertEquals("1 difference between our backends", reportOf(question, columns).headline());
    assertEquals(
        0,
        reportOf(question, List.of(new Named("one", true), new Named("two", false))).differences(),
        "a library is not ours");
  }

  private static Report reportOf(Question question, List<Column> columns) {
    return new Report(
        columns, List.of(), Map.of(question, columns.stream().map(question::ask).toList()));
  }

  private record Named(String name, boolean isOurs) implements Column {
    @Override
    public boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
      return false;
    }

    @Override
    public Optional<byte[]> agree(byte[] scalar, byte[] point) {
      return Optional.empty();
    }
  }

  @Test
  void foldsAwayTheRowsInWhichNobodyDeviates() {
    for (Report.Part part : report.parts()) {
      for (Report.Table table : part.tables()) {
        assertEquals(
            !table.fold().isEmpty(), table.rows().stream().allMatch(Report.Row::isAsTheRule));
      }
      assertEquals(part.rows().size(), part.tables().stream().mapToInt(t -> t.rows().size()).sum());
    }
    assertFalse(
        report
            .markdown()
            .replaceAll("(?s)<details>.*?</details>", "")
            .matches("(?s).*\\| honest signatures \\|.*"));
  }

  /** Those of each row are counted, so that a vector which no row asks about is noticed. */
  @Test
  void asksAboutEveryVectorOfTheTestkit() {
    long asked =
        report.sections().stream()
            .filter(section -> !section.title().equals("Mixed order"))
            .filter(section -> !section.title().equals("X25519"))
            .filter(section -> !section.title().equals("Published vectors"))
            .flatMap(section -> section.questions().stream())
            .mapToLong(question -> question.cases().size())
            .sum();
    long torsion =
        SignatureVector.adversarial()
            .filter(vector -> vector.name().matches("(key A|R) \\+ T.*"))
            .count();

    assertEquals(SignatureVector.adversarial().count(), asked + torsion);
  }

  @Test
  void showsThatBouncyCastleMultipliesByTheCofactor() {
    Column raw = column("Bouncy Castle").orElseThrow();
    for (int order : new int[] {2, 4, 8}) {
      assertEquals("all", answer(raw, MIXED_ORDER + order).words());
      assertEquals("all", answer(raw, "R + T, T of order " + order).words());
    }
    assertTrue(answer(raw, IDENTITY).isTheRules());
  }

  @Test
  void showsThatLibsodiumAcceptsMixedOrderKeysByChance() {
    Optional<Column> raw = column("libsodium");
    assumeTrue(raw.isPresent(), "libsodium is not available");
    assertSharesOfChance(raw.get());
    assertTrue(answer(raw.get(), IDENTITY).isTheRules());
  }

  @Test
  void showsThatTheJdkAcceptsAForgeryOfAnyMessage() {
    Column raw = column("JDK " + Runtime.version().feature()).orElseThrow();
    assertSharesOfChance(raw);
    assertEquals("all", answer(raw, IDENTITY).words());
  }

  @Test
  void showsThatTinkAcceptsAForgeryOfAnyMessage() {
    Optional<Column> raw = column("Tink");
    assumeTrue(raw.isPresent(), "the backend tink is not installed");
    assertSharesOfChance(raw.get());
    assertEquals("all", answer(raw.get(), IDENTITY).words());
  }

  /** A half, a quarter and an eighth of 240, give or take what is chance. */
  private static void assertSharesOfChance(Column raw) {
    for (int order : new int[] {2, 4, 8}) {
      Answer answer = answer(raw, MIXED_ORDER + order);
      assertEquals(answer.cases() / (double) order, answer.accepted(), 25, MIXED_ORDER + order);
      assertTrue(answer(raw, "R + T, T of order " + order).isTheRules());
    }
  }

  private static Optional<Column> column(String name) {
    return report.columns().stream().filter(column -> column.name().equals(name)).findFirst();
  }

  private static Answer answer(Column column, String title) {
    return report.answers().entrySet().stream()
        .filter(row -> row.getKey().title().equals(title))
        .map(row -> row.getValue().get(report.columns().indexOf(column)))
        .findFirst()
        .orElseThrow();
  }

  /** The headline and the tables; not the versions, which name the platform. */
  private static String tables(String markdown) {
    return markdown
        .lines()
        .filter(line -> line.matches("(\\||#|<details>).*"))
        .collect(Collectors.joining("\n"));
  }
}
