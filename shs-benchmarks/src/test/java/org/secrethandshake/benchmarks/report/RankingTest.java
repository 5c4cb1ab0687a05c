package org.secrethandshake.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.secrethandshake.benchmarks.results.Figure;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Section;

final class RankingTest {
  @ParameterizedTest
  @CsvSource({
    "HANDSHAKE, 100, 111, b",
    "HANDSHAKE, 111, 100, a",
    "HANDSHAKE, 100, 108, both",
    "LATENCY, 100, 111, a",
    "LATENCY, 108, 100, both",
    "MEMORY, 0.2, 0.6, both",
    "MEMORY, 0, 9, a",
    "MEMORY, 0, 0, both",
  })
  void callsOnlyWhatIsATenthApart(Section section, double a, double b, String expected) {
    Ranking ranking = ranking(section, Samples.around(a), Samples.around(b));
    assertEquals(expected, ranking.leaders().size() > 1 ? "both" : ranking.first().subject());
  }

  @Test
  void callsNothingWhileTheIntervalsOverlap() {
    List<Double> noisy = List.of(80.0, 90.0, 100.0, 130.0, 130.0, 130.0, 140.0, 150.0);
    Ranking ranking = ranking(Section.HANDSHAKE, Samples.around(100), noisy);
    assertEquals(List.of("b", "a"), ranking.leaders());
    assertFalse(ranking.decided());
    assertTrue(ranking.ratioToBest(Statistics.of(Samples.around(100))) > 1.2);
  }

  @ParameterizedTest
  @CsvSource({"MEMORY, 120, both", "MEMORY, 126, a", "DISK, 120, a", "DISK, 109, both"})
  void asksForAWiderMarginWhereSamplesAreFewUnlessThereIsNoNoise(
      Section section, double b, String expected) {
    Ranking ranking = ranking(section, List.of(100.0), List.of(b));
    assertEquals(expected, ranking.decided() ? ranking.first().subject() : "both");
  }

  @Test
  void doesNotCallOneAloneTheBest() {
    Ranking ranking =
        Ranking.of(
            new Figure(Section.HANDSHAKE, ""),
            List.of(new Measurement(new Figure(Section.HANDSHAKE, ""), "a", Samples.around(1))));
    assertFalse(ranking.decided());
  }

  @Test
  void neverCallsTwoNoisyRunsInOppositeWays() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      Ranking first = ranking(Section.STREAM, noisy(random), noisy(random));
      Ranking second = ranking(Section.STREAM, noisy(random), noisy(random));
      assertFalse(
          first.decided()
              && second.decided()
              && !first.first().subject().equals(second.first().subject()),
          () -> first + " against " + second);
    }
  }

  /** Two JVMs that differ by up to 10 %, and within each as much again. */
  private static List<Double> noisy(Random random) {
    return DoubleStream.concat(fork(random), fork(random)).boxed().toList();
  }

  private static DoubleStream fork(Random random) {
    double level = 100 * (0.95 + 0.1 * random.nextDouble());
    return DoubleStream.generate(() -> level * (0.95 + 0.1 * random.nextDouble())).limit(4);
  }

  private static Ranking ranking(Section section, List<Double> a, List<Double> b) {
    Figure figure = new Figure(section, "");
    return Ranking.of(
        figure, List.of(new Measurement(figure, "a", a), new Measurement(figure, "b", b)));
  }
}
