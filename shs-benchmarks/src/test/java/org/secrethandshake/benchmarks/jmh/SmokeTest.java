package org.secrethandshake.benchmarks.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmokeTest {
  private static final List<String> PROVIDERS = List.of("bouncycastle", "sodium", "tink");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void measureNothing() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  @Test
  void namesTheBackendsThatRan() {
    assertTrue(passes(PROVIDERS, "OperationBenchmark.hash"));
    assertEquals("ok      OperationBenchmark.hash of bouncycastle, sodium, tink\n", printed());
  }

  @Test
  void failsWithTheReasonOfABenchmark() {
    assertFalse(passes(List.of("missing"), "OperationBenchmark.hash"));
    assertTrue(
        printed().startsWith("FAILED  OperationBenchmark.hash: ")
            && printed().contains("No crypto backend named 'missing' is installed."),
        printed());
  }

  @Test
  void failsWithoutBenchmarks() {
    assertFalse(passes(PROVIDERS, "NoSuchBenchmark"));
    assertEquals("0 benchmarks of 3 backends found\n", printed());
  }

  @Test
  void failsWithoutBackends() {
    assertFalse(passes(List.of(), "OperationBenchmark.hash"));
    assertEquals("1 benchmarks of 0 backends found\n", printed());
  }

  private boolean passes(List<String> providers, String pattern) {
    return new Smoke(providers, new PrintStream(printed, true, StandardCharsets.UTF_8))
        .passes(pattern);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
