package org.secrethandshake.benchmarks.beside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.benchmarks.results.Measurement;

class FloorTest {
  @TempDir Path folder;

  @Test
  void saysWhatToInstallWhereThereIsNoCompiler() {
    Floor floor = new Floor(new SearchPath(List.of(folder)));
    NotMeasuredException absent = assertThrows(NotMeasuredException.class, () -> floor.measure(1));
    assertEquals(
        "libsodium in C was not measured, because there is no gcc or cc on the PATH: install a C"
            + " compiler and libsodium's headers (on Debian: apt-get install gcc libsodium-dev).",
        absent.getMessage());
  }

  @Test
  void saysWhatToInstallWhereTheCompilerFindsNoLibsodium() throws Exception {
    program("gcc", "echo 'floor.c:13:10: fatal error: sodium.h: No such file' >&2; exit 1");
    Floor floor = new Floor(new SearchPath(List.of(folder)));
    NotMeasuredException absent = assertThrows(NotMeasuredException.class, () -> floor.measure(1));
    assertEquals(
        "libsodium in C was not measured, because its program does not compile: install a C"
            + " compiler and libsodium's headers (on Debian: apt-get install gcc libsodium-dev)."
            + " (The compiler failed with exit code 1: floor.c:13:10: fatal error: sodium.h: No"
            + " such file)",
        absent.getMessage());
  }

  private void program(String name, String script) throws Exception {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  @Test
  void measuresHandshakesAndPacketsOfFourLengths() throws Exception {
    Outcome outcome = measureOrSkip();
    assertEquals(
        List.of("", "64 bytes", "256 bytes", "1024 bytes", "4096 bytes"),
        outcome.measurements().stream().map(one -> one.figure().variant()).toList());
    for (Measurement measurement : outcome.measurements()) {
      assertEquals(1, measurement.samples().size(), measurement::toString);
    }
    assertTrue(
        outcome.notes().get(0).matches("libsodium in C is libsodium \\S+ of this machine\\."),
        outcome.notes()::toString);
  }

  private static Outcome measureOrSkip() throws Exception {
    try {
      return new Floor(SearchPath.ofEnvironment()).measure(1);
    } catch (NotMeasuredException e) {
      String sentence = "Skipped: the program of libsodium in C. " + e.getMessage();
      if (demanded().contains("sodium")) {
        fail(sentence + " SHS_REQUIRE demands 'sodium'.");
      }
      System.out.println(sentence);
      return abort(sentence);
    }
  }

  private static List<String> demanded() {
    String names = Optional.ofNullable(System.getenv("SHS_REQUIRE")).orElse("");
    return Arrays.asList(names.split("[, ]+"));
  }
}
