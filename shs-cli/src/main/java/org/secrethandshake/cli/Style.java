package org.secrethandshake.cli;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * How text on standard output may look. In a pipe: plain lines, and no byte that only a terminal
 * understands.
 *
 * @param hasColour whether escape codes may colour it
 * @param isMoving whether a line may be drawn again in its place
 * @param hasDrawings whether it may hold more than ASCII
 */
record Style(boolean hasColour, boolean isMoving, boolean hasDrawings) {
  private static final String RESET = "\u001b[0m";

  static Style of(Shell shell) {
    boolean moving =
        shell.isTerminal(Shell.Stream.OUT)
            && shell.variable("TERM").filter(term -> !term.equals("dumb")).isPresent();
    boolean colour = moving && shell.variable("NO_COLOR").isEmpty();
    return new Style(colour, moving, moving && isUtf8(shell));
  }

  /** The first of these variables that is set decides, as in the C library. */
  private static boolean isUtf8(Shell shell) {
    return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
        .flatMap(name -> shell.variable(name).stream())
        .findFirst()
        .map(locale -> locale.toUpperCase(Locale.ROOT).replace("-", "").endsWith("UTF8"))
        .orElse(false);
  }

  String strong(String text) {
    return coloured("\u001b[1m", text);
  }

  String faint(String text) {
    return coloured("\u001b[2m", text);
  }

  String good(String text) {
    return coloured("\u001b[32m", text);
  }

  String bad(String text) {
    return coloured("\u001b[31m", text);
  }

  String client(String text) {
    return coloured("\u001b[36m", text);
  }

  String server(String text) {
    return coloured("\u001b[33m", text);
  }

  private String coloured(String code, String text) {
    return hasColour ? code + text + RESET : text;
  }
}
