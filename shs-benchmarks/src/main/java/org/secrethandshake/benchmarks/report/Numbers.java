package org.secrethandshake.benchmarks.report;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import org.secrethandshake.benchmarks.results.Section;

/** Numbers as they are shown: three digits that count, with their unit. */
final class Numbers {
  /** The smallest object of a HotSpot JVM. */
  static final int OBJECT_BYTES = 16;

  private static final double KIB = 1024;

  private Numbers() {}

  /** A number without its unit. */
  static String plain(double value) {
    double size = Math.abs(value);
    int decimals = size >= 99.95 || size == 0 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** A number with its unit, short enough to stand at a bar. */
  static String withUnit(Section section, double value) {
    String unit = section.unit();
    // "handshakes/s" is what the heading says.
    return unit.endsWith("/s") && !unit.startsWith("MB")
        ? plain(value) + "/s"
        : plain(value) + " " + unit;
  }

  static String interval(Statistics statistics) {
    return statistics.count() == 1
        ? "one sample"
        : plain(statistics.low()) + " to " + plain(statistics.high());
  }

  /** Less than an object is what the JVM allocates for itself while it measures. */
  static String bytes(OptionalDouble bytes) {
    if (bytes.isEmpty()) {
      return "";
    }
    double value = bytes.getAsDouble();
    return value < OBJECT_BYTES
        ? "0 B"
        : value < 10 * KIB
            ? String.format(Locale.ROOT, "%,.0f B", value)
            : plain(value / KIB) + " KiB";
  }

  /** A factor in words of a sentence: {@code "1.9 times"}. */
  static String times(double ratio) {
    return factor(ratio) + " times";
  }

  static String factor(double ratio) {
    return String.format(Locale.ROOT, ratio < 9.95 ? "%.1f" : "%.0f", ratio);
  }

  /** A change in per cent, always with its sign. */
  static String percent(double before, double now) {
    return before == 0 ? "" : String.format(Locale.ROOT, "%+.0f %%", (now / before - 1) * 100);
  }

  static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
  }
}
