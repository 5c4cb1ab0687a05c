package org.secrethandshake.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatisticsTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "2, 1.5, 1, 2", "5, 3, 1, 5", "7, 4, 1, 7", "8, 4.5, 2, 7"})
  void takesTheMedianAndTheNarrowestIntervalThatHoldsItInNineOfTenCases(
      int count, double median, double low, double high) {
    assertEquals(new Statistics(median, low, high, count), Statistics.of(upTo(count)));
  }

  @ParameterizedTest
  @CsvSource({"10, 2, 9", "11, 3, 9", "20, 6, 15", "100, 42, 59"})
  void narrowsTheIntervalWithMoreSamples(int count, double low, double high) {
    Statistics statistics = Statistics.of(upTo(count));
    assertEquals(List.of(low, high), List.of(statistics.low(), statistics.high()));
  }

  @Test
  void isNotMovedByOneWildSample() {
    Statistics statistics = Statistics.of(List.of(10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 999.0));
    assertEquals(new Statistics(13.5, 11, 16, 8), statistics);
  }

  @Test
  void knowsWhenSamplesAreTooFewForAnInterval() {
    assertFalse(Statistics.of(upTo(4)).enough());
    assertTrue(Statistics.of(upTo(5)).enough());
  }

  /** 1, 2 and so on, the highest first. */
  private static List<Double> upTo(int count) {
    return DoubleStream.iterate(count, value -> value - 1).limit(count).boxed().toList();
  }
}
