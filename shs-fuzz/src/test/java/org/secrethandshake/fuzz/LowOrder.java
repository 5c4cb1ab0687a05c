package org.secrethandshake.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.secrethandshake.testkit.SignatureVector;

/** The points of low order of the testkit, with which every X25519 secret comes out as zero. */
final class LowOrder {
  private static final String RESOURCE = "x25519-low-order.csv";
  private static final String COMMENT = "#";

  private LowOrder() {}

  static Stream<byte[]> points() {
    return text()
        .lines()
        .filter(line -> !line.startsWith(COMMENT))
        .map(line -> HexFormat.of().parseHex(line.substring(line.lastIndexOf(',') + 1)));
  }

  private static String text() {
    try (InputStream in =
        Objects.requireNonNull(SignatureVector.class.getResourceAsStream(RESOURCE))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
