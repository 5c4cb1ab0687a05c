package org.secrethandshake.conformance.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The lines that a forked program gets and gives. */
final class Orders {
  private final BufferedReader lines =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  /** Waits for a line; without one, the other process is gone, and this one ends. */
  void await() throws IOException {
    if (lines.readLine() == null) {
      System.exit(1);
    }
  }

  /** Answers with a line. */
  void answer(Object line) {
    System.out.println(line);
  }
}
