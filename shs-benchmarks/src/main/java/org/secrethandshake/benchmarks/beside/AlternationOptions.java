package org.secrethandshake.benchmarks.beside;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@link Alternation}.
 *
 * @param backends the names given; none means all that work
 * @param turns how often each is measured
 * @param interop where the reference's scripts are, or null to look for them
 */
record AlternationOptions(List<String> backends, int turns, @Nullable Path interop) {
  static final String USAGE = "usage: alternate [BACKEND ...] [--turns 9] [--interop FOLDER]";

  private static final int DEFAULT_TURNS = 9;

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException with a sentence, if it is wrong
   */
  static AlternationOptions parse(List<String> arguments) {
    List<String> backends = new ArrayList<>();
    int turns = DEFAULT_TURNS;
    Path interop = null;
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      String argument = rest.next();
      switch (argument) {
        case "--turns" -> turns = turns(value(argument, rest));
        case "--interop" -> interop = Path.of(value(argument, rest));
        default -> backends.add(backend(argument));
      }
    }
    return new AlternationOptions(List.copyOf(backends), turns, interop);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value.");
    }
    return rest.next();
  }

  private static int turns(String text) {
    if (!text.matches("[1-9]\\d{0,3}")) {
      throw new IllegalArgumentException(
          "--turns must be a whole number from 1, not " + text + ".");
    }
    return Integer.parseInt(text);
  }

  private static String backend(String argument) {
    if (argument.startsWith("-")) {
      throw new IllegalArgumentException("There is no option " + argument + ".");
    }
    return argument;
  }
}
