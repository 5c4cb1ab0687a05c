package org.secrethandshake.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Asserts that a parameter is refused in every length but its own. */
final class Lengths {
  private Lengths() {}

  static void assertOnly(int bytes, String parameter, Consumer<byte[]> call) {
    IntStream.of(0, 1, bytes - 1, bytes + 1, 2 * bytes)
        .forEach(
            wrong -> {
              IllegalArgumentException thrown =
                  assertThrows(
                      IllegalArgumentException.class,
                      () -> call.accept(new byte[wrong]),
                      () -> parameter + " of " + wrong + " bytes");
              assertTrue(
                  String.valueOf(thrown.getMessage()).contains(parameter),
                  () -> "the message must name " + parameter + ": " + thrown.getMessage());
            });
  }
}
