package org.secrethandshake.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Section;

final class ComparisonTest {
  @ParameterizedTest
  @CsvSource({
    "HANDSHAKE, 1000, 500, worse",
    "HANDSHAKE, 500, 1000, better",
    "HANDSHAKE, 1000, 950, within noise",
    "STEP, 10, 20, worse",
    "STEP, 10, 10.5, within noise",
  })
  void tellsWhatIsBeyondNoise(Section section, double before, double now, String verdict) {
    Comparison comparison =
        Comparison.between("old", measured(section, before, 0), measured(section, now, 0));
    assertEquals(verdict, comparison.changes().get(0).verdict());
    assertEquals(!verdict.equals("within noise"), comparison.mattering().rows().size() == 1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 200, true",
    "0.1, 15.9, false",
    "200, 215, false",
    "200, 216, true",
    "1000, 1050, false",
    "204, 0, true"
  })
  void tellsWhereAnOperationAllocatesOtherwise(double before, double now, boolean expected) {
    Comparison comparison =
        Comparison.between("old", measured(Section.BOX, 1, before), measured(Section.BOX, 1, now));
    assertEquals(expected, comparison.changes().get(0).matters());
  }

  @Test
  void putsWhatMattersInSentencesAndTables() {
    Comparison comparison =
        Comparison.between("old.json", measured(Section.BOX, 1, 0), measured(Section.BOX, 2, 200));
    assertEquals("What changed since old.json", comparison.title());
    assertEquals(
        "1 of 1 figures that both runs measured changed beyond noise.", comparison.summary());
    assertEquals(
        """
        What changed since old.json
        1 of 1 figures that both runs measured changed beyond noise.
          Packets boxed and unboxed, box, sodium
            2.00 us, was 1.00 us: +100 %, worse; heap per operation 200 B, was 0 B
        """,
        TerminalTable.render(comparison, false));
  }

  @Test
  void saysWhenTheMachineWasAnother() {
    Results now = Samples.everything();
    Environment there = now.environment();
    Environment elsewhere =
        new Environment(
            "Another", 2, there.jdk(), "", there.date(), there.duration(), "", there.backends());
    Results before = new Results(now.measurements(), List.of(), elsewhere);
    assertEquals(
        List.of(
            "The older run had another processor (Another; now A processor & its <model>), so not"
                + " every change is one of the code."),
        Comparison.between(before, now).notes());
    assertTrue(Comparison.between(before, now).summary().startsWith("Nothing beyond noise, of "));
  }

  @Test
  void saysWhenNothingCanBeCompared() {
    assertEquals(
        "The two runs have no figure in common.",
        Comparison.between("old", List.of(), measured(Section.BOX, 1, 0)).summary());
  }

  private static List<Measurement> measured(Section section, double median, double allocated) {
    return Samples.none()
        .with(section, "box", Samples.SODIUM, Samples.around(median), OptionalDouble.of(allocated))
        .measurements();
  }
}
