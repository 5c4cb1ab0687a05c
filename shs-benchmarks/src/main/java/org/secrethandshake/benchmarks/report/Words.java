package org.secrethandshake.benchmarks.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.secrethandshake.benchmarks.report.Findings.Measurement;
import org.secrethandshake.benchmarks.report.Ranking.Statistics;

/** Numbers, lists and dates as they are shown; the same in every locale. */
final class Words {
  /** The smallest object of a HotSpot JVM. */
  static final int OBJECT_BYTES = 16;

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Words() {}

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Three digits that count. */
  static String number(double value) {
    double size = Math.abs(value);
    int decimals = size >= 99.95 || size == 0 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
    return text("%,." + decimals + "f", value);
  }

  /** A median with its unit. The "handshakes" of "handshakes/s" stand in the heading. */
  static String value(Measurement measurement) {
    String unit = measurement.figure().section().unit;
    return number(measurement.statistics().median())
        + (unit.startsWith("handshakes") ? "/s" : " " + unit);
  }

  static String interval(Statistics statistics) {
    return statistics.count() == 1
        ? "one sample"
        : number(statistics.low()) + " to " + number(statistics.high());
  }

  /** Less than an object is what the JVM allocates for itself while it measures. */
  static String heap(Measurement measurement) {
    Double bytes = measurement.allocatedBytes();
    return bytes == null ? "" : text("%,.0f B", bytes < OBJECT_BYTES ? 0 : bytes);
  }

  static String date(String iso) {
    return DATE.format(Instant.parse(iso));
  }

  static String joined(List<String> words, String conjunction) {
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " " + conjunction + " " + words.get(last);
  }

  static String uncapitalized(String words) {
    return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
  }
}
