package org.secrethandshake.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.benchmarks.report.Findings.Figure;
import org.secrethandshake.benchmarks.report.Findings.Measurement;
import org.secrethandshake.benchmarks.report.Ranking.Statistics;
import org.xml.sax.InputSource;

/** On figures that are made up. */
class ReportTest {
  private static final Figure HANDSHAKES = new Figure(Section.HANDSHAKE, "");
  private static final Figure PACKETS = new Figure(Section.PACKET, "4096 bytes");
  private static final Figure HEAP = new Figure(Section.MEMORY, "heap, 1,000 channels");
  private static final Disturbance QUIET = new Disturbance(0.3, 2, List.of(0.99, 0.98, 0.97));
  private static final Disturbance BESIDE_OTHERS = new Disturbance(0.3, 2, List.of(0.4, 0.5, 0.6));

  private final Locale usual = Locale.getDefault();
  @TempDir private Path folder;

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(usual);
  }

  private static List<Double> samples(double median, double... factors) {
    return DoubleStream.of(factors).mapToObj(factor -> factor * median).toList();
  }

  private static List<Double> around(double median) {
    return samples(median, 0.98, 0.99, 0.995, 1, 1, 1.005, 1.01, 1.02);
  }

  private static Measurement of(Figure figure, String subject, double median) {
    return new Measurement(figure, subject, around(median), null);
  }

  private static Results results(Disturbance disturbance, Measurement... measurements) {
    List<Results.Backend> backends =
        Stream.of("sodium", "bouncycastle").map(n -> new Results.Backend(n, n + " <1.2>")).toList();
    List<String> notes = List.of("A note & more.");
    String date = "2026-01-02T03:04:05Z";
    return new Results(
        List.of(measurements), notes, backends, date, "A machine", "A JVM", "", disturbance);
  }

  private static Results run(Disturbance disturbance, double handshakes, double packets) {
    return results(
        disturbance,
        of(HANDSHAKES, "sodium", 2000),
        of(HANDSHAKES, "bouncycastle", handshakes),
        of(HANDSHAKES, "libsodium in C", 2100),
        of(PACKETS, "sodium", 500),
        of(PACKETS, "bouncycastle", packets),
        of(HEAP, "sodium", 14.2));
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 100, Use sodium on this machine.",
    "1950, 100, Use sodium on this machine.",
    "1950, 510, Use sodium or bouncycastle on this machine: their speed is too close to call.",
    "3000, 100, Use bouncycastle for many short connections and sodium for moving much data on"
        + " this machine."
  })
  void advisesNoMoreThanTheFiguresSay(double handshakes, double packets, String headline) {
    assertEquals(headline, Advice.of(run(QUIET, handshakes, packets)).headline());
  }

  @Test
  void saysWhatSpeaksForAndAgainst() {
    assertEquals(
        List.of(
            "bouncycastle leads in: handshakes.",
            "Too close to call between sodium and bouncycastle: packets, sealed and opened, 4096"
                + " bytes."),
        Advice.of(run(QUIET, 3000, 510)).sentences());
  }

  @Test
  void asksToRepeatARunOnABusyMachineInsteadOfAdvising() throws Exception {
    Results busy = run(BESIDE_OTHERS, 13, 3);
    String headline =
        "This machine was busy, so these figures decide nothing. Stop other work, and repeat the"
            + " run.";
    Report.write(folder, busy, null);
    String reason = "Between the measurements, only 50 % of the processor was free.";
    for (String name : List.of("report.html", "report.md")) {
      String text = Files.readString(folder.resolve(name));
      assertTrue(text.contains(headline) && text.contains(reason), text);
      assertFalse(text.matches("(?s).*(× slower|Use sodium|\"best|\\(best|leads in).*"), text);
    }
    String terminal = Report.forTerminal(busy, null, true).replace('\n', ' ');
    assertTrue(terminal.endsWith(headline + " " + reason + " "), terminal);
    assertFalse(terminal.matches(".*(slower|best|Use sodium).*"), terminal);
  }

  @Test
  void knowsABusyMachineByItsLoadAndByTheSpreadOfItsFigures() {
    Disturbance loaded = new Disturbance(15.2, 2, List.of(0.99));
    assertEquals(
        List.of("The load average was 15.2 on 2 cores when the run began."),
        run(loaded, 1000, 100).disturbances());
    Measurement wild =
        new Measurement(HANDSHAKES, "sodium", samples(100, 1, 1, 1, 0.5, 0.4, 2, 2), null);
    assertEquals(
        List.of("Half of the speeds varied by a factor of 5.0 or more within this run."),
        results(QUIET, wild).disturbances());
  }

  @Test
  void takesWhatABuildLeavesBehindForNoDisturbance() {
    assertEquals(
        List.of(), run(new Disturbance(3.9, 2, List.of(0.2, 0.97, 0.97)), 1, 1).disturbances());
  }

  @Test
  void showsOnlyTheWinnerAsAWinner() {
    View view = View.of(run(QUIET, 1950, 100), null);
    assertEquals(
        List.of("undecided: too close to call", "undecided: too close to call"),
        kinds(view.glance().get(0)));
    assertEquals(List.of("best: best", "behind: 5.0× slower"), kinds(view.glance().get(1)));
    assertEquals(List.of("undecided: ", "undecided: "), kinds(view.glance().get(2)));
    assertEquals("–", view.glance().get(2).bars().get(1).value());
    assertEquals("100.00", view.glance().get(0).bars().get(2).high(), "the longest takes all room");
  }

  private static List<String> kinds(View.Chart chart) {
    return chart.bars().stream()
        .filter(bar -> !bar.other())
        .map(bar -> bar.kind() + ": " + bar.verdict())
        .toList();
  }

  @Test
  void writesAPageThatIsWellFormedAndNeedsNothingElse() throws Exception {
    Results results = run(QUIET, 1000, 100);
    Report.write(folder, results, results);
    String page = Files.readString(folder.resolve("report.html"));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page)));
    assertFalse(page.matches("(?s).*(<script|<link|src=|url\\(|@import).*"), page);
    for (String file : List.of("report.html", "report.md")) {
      String text = Files.readString(folder.resolve(file));
      assertTrue(text.contains("2,000/s") && text.contains("1,000/s"), text);
      assertTrue(text.contains("0 of 6 figures that both runs measured changed"), text);
    }
    assertTrue(page.contains("sodium &lt;1.2&gt;") && page.contains("A note &amp; more."), page);
    assertEquals(results, Results.read(folder.resolve("results.json")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"measurements\": 1}", "not JSON"})
  void refusesAFileThatIsNotItsOwn(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("old.json"), content);
    String message = assertThrows(IOException.class, () -> Results.read(file)).getMessage();
    assertEquals(file + " is not the results.json of a report of this version.", message);
  }

  @Test
  void writesNumbersAlikeInEveryLocale() {
    Results results = run(QUIET, 1000, 100);
    String english = Report.forTerminal(results, results, false);
    String page = Page.html(Report.class, "report.html", View.of(results, results));
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    assertEquals(english, Report.forTerminal(results, results, false));
    assertEquals(page, Page.html(Report.class, "report.html", View.of(results, results)));
  }

  @Test
  void drawsBarsThatFillEightyColumns() {
    String text = Report.forTerminal(run(QUIET, 1000, 100), null, false);
    assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
    assertTrue(text.contains("  sodium       " + "#".repeat(35) + "   500 MB/s  best\n"), text);
    assertTrue(text.chars().allMatch(character -> character < 128), text);
  }

  @ParameterizedTest
  @CsvSource({"2000, 500, within", "2400, 500, within", "2600, 500, better", "1000, 500, worse"})
  void comparesWithAnOlderRunBeyondNoiseOnly(double handshakes, double packets, String verdict) {
    Comparison comparison =
        Comparison.between(run(QUIET, 2000, 500), run(QUIET, handshakes, packets));
    assertEquals(verdict.equals("within") ? 0 : 1, comparison.changes().size());
    assertTrue(comparison.changes().stream().allMatch(change -> change.contains(verdict)));
  }

  @Test
  void noticesWhatAllocatesOtherwise() {
    Measurement before = new Measurement(PACKETS, "sodium", around(1), 0.2);
    Measurement now = new Measurement(PACKETS, "sodium", around(1), 192.0);
    assertEquals(
        List.of(
            "Packets, sealed and opened, 4096 bytes, sodium: 1.00 MB/s, was 1.00 MB/s, +0 % (within"
                + " noise); heap per operation 192 B, was 0 B"),
        Comparison.between(results(QUIET, before), results(QUIET, now)).changes());
  }

  @Test
  void comparesNothingWithARunOnABusyMachine() {
    Comparison comparison = Comparison.between(run(BESIDE_OTHERS, 1, 1), run(QUIET, 2000, 500));
    assertEquals(List.of(), comparison.changes());
    assertEquals(
        "The machine was busy in one of the two runs, so they are not compared.",
        comparison.summary());
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "2, 1.5, 1, 2", "7, 4, 1, 7", "8, 4.5, 2, 7", "20, 10.5, 6, 15"})
  void takesTheNarrowestIntervalThatHoldsTheMedian(
      int count, double median, double low, double high) {
    List<Double> upTo = DoubleStream.iterate(count, n -> n - 1).limit(count).boxed().toList();
    assertEquals(new Statistics(median, low, high, count), Statistics.of(upTo));
  }

  @ParameterizedTest
  @CsvSource({"MEMORY, 120, false", "MEMORY, 126, true", "DISK, 120, true", "DISK, 109, false"})
  void asksForAWiderMarginWhereSamplesAreFew(Section section, double value, boolean decided) {
    Figure figure = new Figure(section, "");
    Measurement a = new Measurement(figure, "a", List.of(100.0), null);
    Measurement b = new Measurement(figure, "b", List.of(value), null);
    assertEquals(decided, Ranking.of(section, List.of(a, b)).decided());
  }
}
