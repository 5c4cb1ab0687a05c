package org.secrethandshake.conformance.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What a program has seen, a line for each figure, and whether its claims held. Thread-safe. */
final class Report {
  private final long begun = System.nanoTime();
  private final List<String> broken = new ArrayList<>();

  /** Adds a line, with the seconds since the report began. */
  synchronized void say(String format, Object... arguments) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
    System.out.printf(
        Locale.ROOT, "%4d s  %s%n", seconds, String.format(Locale.ROOT, format, arguments));
  }

  /** Adds a claim, and goes on if it is broken: what comes after may say why. */
  synchronized void claim(boolean holds, String format, Object... arguments) {
    String claim = String.format(Locale.ROOT, format, arguments);
    say("%s: %s", holds ? "holds" : "BROKEN", claim);
    if (!holds) {
      broken.add(claim);
    }
  }

  /**
   * Ends the report.
   *
   * @throws AssertionError if a claim was broken
   */
  synchronized void finish() {
    if (!broken.isEmpty()) {
      throw new AssertionError("broken: " + String.join("; ", broken));
    }
    say("all claims hold");
  }
}
