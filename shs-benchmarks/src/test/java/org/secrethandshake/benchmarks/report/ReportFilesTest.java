package org.secrethandshake.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Section;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class ReportFilesTest {
  private final Results results = Samples.everything();
  private final Optional<Comparison> comparison = Optional.of(Comparison.between(results, results));
  @TempDir Path folder;

  @Test
  void writesAPageThatIsWellFormedAndNeedsNothingElse() throws Exception {
    String page = page();
    Document document = parsed(page);
    assertEquals("en", document.getDocumentElement().getAttribute("lang"));
    assertEquals(1, document.getElementsByTagName("h1").getLength());
    assertFalse(page.contains("<script"), "scripts");
    assertEquals(0, document.getElementsByTagName("link").getLength());
    assertFalse(page.contains("src="), "something loaded from elsewhere");
  }

  @Test
  void describesEveryChartForThoseWhoCannotSeeIt() throws Exception {
    String page = page();
    assertEquals(12, count(page, "<svg "));
    assertEquals(12, count(page, "role=\"img\" aria-label=\""));
    assertTrue(
        page.contains(
            "<title>Size on disk: sodium 3.91 MB, bouncycastle 8.62 MB, tink 11.4 MB</title>"));
  }

  @Test
  void givesEveryElementItsOwnId() throws Exception {
    Matcher ids = Pattern.compile("\\sid=\"([^\"]*)\"").matcher(page());
    Set<String> seen = new HashSet<>();
    while (ids.find()) {
      assertTrue(seen.add(ids.group(1)), ids.group(1));
    }
  }

  @Test
  void showsEveryMedianAndAllocationInThePageAndInTheText() throws Exception {
    String page = page();
    String text = Files.readString(folder.resolve("report.md"));
    for (Measurement measurement : results.measurements()) {
      String value =
          Numbers.withUnit(
              measurement.figure().section(), Statistics.of(measurement.samples()).median());
      assertTrue(page.contains(value), () -> "page: " + measurement);
      assertTrue(text.contains(value), () -> "text: " + measurement);
    }
    for (String bytes : new String[] {"0 B", "192 B"}) {
      assertTrue(page.contains("<td>" + bytes + "</td>"), bytes);
      assertTrue(text.contains(" " + bytes + " |"), bytes);
    }
  }

  @Test
  void statesWhereAndHowItWasMeasuredAndWhatIsMissing() throws Exception {
    String page = page();
    String text = Files.readString(folder.resolve("report.md"));
    assertTrue(page.contains("A processor &amp; its &lt;model&gt;, cores: 2"));
    assertTrue(text.contains("- Machine: A processor & its <model>, cores: 2"));
    for (String fact :
        new String[] {
          "A JVM 17.0.1",
          "2 January 2026, 03:04 UTC",
          "2 min 52 s",
          "java -jar benchmarks.jar report --quick",
          "bouncycastle 1.2.3",
          "No node on the PATH",
          "Nothing beyond noise"
        }) {
      assertTrue(page.contains(fact), fact);
      assertTrue(text.contains(fact), fact);
    }
  }

  @Test
  void fallsBackToPlainBarsWhereNothingCanBeDrawn() throws Exception {
    Painter without =
        chart -> {
          throw new NoClassDefFoundError("no fonts");
        };
    String page = new HtmlReport(results, Optional.empty(), without).page();
    parsed(page);
    assertEquals(0, count(page, "<svg"));
    assertEquals(12, count(page, "role=\"img\" aria-label=\""));
    assertEquals(1, count(page, "install fontconfig and a font."));
  }

  @Test
  void readsWhatItWrote() throws IOException {
    ReportFiles.write(folder, results);
    assertEquals(results, ReportFiles.read(folder.resolve("results.json")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"measurements\": 1}", "not JSON"})
  void refusesAFileThatIsNotItsOwn(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("old.json"), content);
    String message = assertThrows(IOException.class, () -> ReportFiles.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": This "), message);
  }

  @Test
  void chartsABackendOfAThirdPartyInAColourOfItsOwn() {
    Results theirs =
        Samples.none()
            .with(Section.HANDSHAKE, "", List.of("sodium", "theirs"), 2, 1)
            .of("sodium", "theirs");
    var bars = Charts.of(theirs, Section.HANDSHAKE).get(0).bars();
    assertFalse(bars.get(0).colour().equals(bars.get(1).colour()));
  }

  private String page() throws IOException {
    ReportFiles.write(folder, results, comparison);
    return Files.readString(folder.resolve("report.html"));
  }

  private static Document parsed(String page) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page)));
  }

  private static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }
}
