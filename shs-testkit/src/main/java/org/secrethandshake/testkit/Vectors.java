package org.secrethandshake.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Reads the resources of vectors: one case a line, columns between commas, {@code #} comments. */
final class Vectors {
  private static final int ALL_COLUMNS = -1;

  private Vectors() {}

  static List<List<String>> rows(String resource) {
    try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream(resource));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split(",", ALL_COLUMNS)))
          .toList();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
