package org.secrethandshake.benchmarks.report;

import java.io.Console;
import java.util.Optional;

/** Whether someone watches. */
final class Terminal {
  private Terminal() {}

  /** Whether a line can be drawn over, as far as a JVM can tell. */
  static boolean attached() {
    return Optional.ofNullable(System.console()).map(Terminal::interactive).orElse(false)
        && !"dumb".equals(System.getenv("TERM"));
  }

  /** From JDK 22 on a console may be no terminal; it says so by a method that JDK 17 lacks. */
  private static boolean interactive(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
