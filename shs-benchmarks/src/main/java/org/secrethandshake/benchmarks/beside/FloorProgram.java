package org.secrethandshake.benchmarks.beside;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.secrethandshake.benchmarks.results.TemporaryFolder;

/** {@code floor.c}, compiled into a temporary folder that goes when this is closed. */
final class FloorProgram implements AutoCloseable {
  private static final Duration COMPILING = Duration.ofSeconds(60);
  private static final Duration STARTING = Duration.ofSeconds(20);
  private static final Duration ROUND_AT_MOST = Duration.ofSeconds(10);
  private static final String WHAT_TO_INSTALL =
      "install a C compiler and libsodium's headers (on Debian: apt-get install gcc libsodium-dev)";

  private final TemporaryFolder scratch;

  private FloorProgram(TemporaryFolder scratch) {
    this.scratch = scratch;
  }

  /**
   * Compiles it.
   *
   * @throws NotMeasuredException if there is no compiler, or no libsodium to compile with
   */
  static FloorProgram compile(SearchPath path) throws NotMeasuredException, InterruptedException {
    String compiler =
        path.find("gcc", "cc")
            .orElseThrow(
                () ->
                    new NotMeasuredException(
                        "libsodium in C was not measured, because there is no gcc or cc on the"
                            + " PATH: %s.".formatted(WHAT_TO_INSTALL)));
    FloorProgram program = new FloorProgram(TemporaryFolder.create());
    boolean compiled = false;
    try {
      program.compileWith(compiler);
      compiled = true;
      return program;
    } finally {
      if (!compiled) {
        program.close();
      }
    }
  }

  private void compileWith(String compiler) throws NotMeasuredException, InterruptedException {
    String source = source().toString();
    try {
      new Child("The compiler", List.of(compiler, "-O2", "-o", file(), source, "-lsodium"))
          .run(COMPILING);
    } catch (NotMeasuredException e) {
      throw new NotMeasuredException(
          "libsodium in C was not measured, because its program does not compile: %s. (%s)"
              .formatted(WHAT_TO_INSTALL, e.sentence().replace(scratch.folder() + "/", "")),
          e);
    }
  }

  private Path source() throws NotMeasuredException {
    Path source = scratch.file("floor.c");
    try (InputStream resource = FloorProgram.class.getResourceAsStream("floor.c")) {
      Files.copy(Objects.requireNonNull(resource, "floor.c is not in the jar"), source);
      return source;
    } catch (IOException e) {
      throw new NotMeasuredException(
          "libsodium in C was not measured, because its source cannot be written into the temporary"
              + " folder: make room there.",
          e);
    }
  }

  private String file() {
    return scratch.file("floor").toString();
  }

  /** Runs it, on one core or wherever it lands. */
  Readings run(Core core, int rounds) throws NotMeasuredException, InterruptedException {
    List<String> command = core.pin(List.of(file(), Integer.toString(rounds)));
    Duration limit = STARTING.plus(ROUND_AT_MOST.multipliedBy(rounds));
    return Readings.parse(new Child("The program of libsodium in C", command).run(limit));
  }

  @Override
  public void close() {
    scratch.close();
  }
}
