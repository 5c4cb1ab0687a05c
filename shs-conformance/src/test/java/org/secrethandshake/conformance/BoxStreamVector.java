package org.secrethandshake.conformance;

import java.util.Arrays;
import java.util.List;

/**
 * One stream of {@code interop/vectors/boxstream.json}: made by the reference's writer from {@code
 * writes}, or with empty {@code bodies} that only its reader knows.
 */
record BoxStreamVector(
    String name,
    byte[] key,
    byte[] nonce,
    int[] writes,
    int[] bodies,
    String plaintextSha256,
    byte[] wire,
    byte[] goodbye) {

  private record File(List<BoxStreamVector> cases, List<BoxStreamVector> received) {}

  /** What the reference's writer made. */
  static List<BoxStreamVector> written() {
    return file().cases();
  }

  /** What the reference's reader accepts, empty bodies included. */
  static List<BoxStreamVector> received() {
    return file().received();
  }

  private static File file() {
    return Json.read(Project.INTEROP.resolve("vectors/boxstream.json"), File.class);
  }

  byte[] plaintext() {
    return Pattern.bytes(Arrays.stream(writes != null ? writes : bodies).sum());
  }

  /** The whole stream, goodbye included. */
  byte[] stream() {
    return Formulas.concat(wire, goodbye);
  }
}
