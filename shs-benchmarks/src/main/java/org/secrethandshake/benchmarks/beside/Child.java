package org.secrethandshake.benchmarks.beside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.secrethandshake.benchmarks.results.TemporaryFolder;

/** A program that is run to its end, or to the end of its time. */
final class Child {
  private static final long GRACE_SECONDS = 5;

  private final String name;
  private final List<String> command;

  /**
   * Names a program.
   *
   * @param name what a sentence about its failure calls it
   */
  Child(String name, List<String> command) {
    this.name = name;
    this.command = List.copyOf(command);
  }

  /**
   * Runs it without input.
   *
   * @return what it printed
   * @throws NotMeasuredException if it cannot be started, fails, or takes longer than the limit;
   *     neither it nor a process it started is left
   */
  String run(Duration limit) throws NotMeasuredException, InterruptedException {
    try (TemporaryFolder scratch = TemporaryFolder.create()) {
      Path output = scratch.file("output");
      Path errors = scratch.file("errors");
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      try {
        process.getOutputStream().close();
        requireSuccess(process, limit, errors);
      } finally {
        destroy(process);
      }
      return Files.readString(output);
    } catch (IOException e) {
      throw new NotMeasuredException("%s cannot be run: %s.".formatted(name, e.getMessage()), e);
    }
  }

  private void requireSuccess(Process process, Duration limit, Path errors)
      throws NotMeasuredException, InterruptedException, IOException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new NotMeasuredException(
          "%s did not end within %d seconds.".formatted(name, limit.toSeconds()));
    }
    if (process.exitValue() != 0) {
      throw new NotMeasuredException(
          "%s failed with exit code %d: %s"
              .formatted(name, process.exitValue(), firstError(Files.readString(errors))));
    }
  }

  // Compilers and Node write the place first, and what is wrong after it.
  private static String firstError(String errors) {
    return errors
        .lines()
        .filter(line -> line.contains("rror:"))
        .findFirst()
        .or(() -> errors.lines().filter(line -> !line.isBlank()).findFirst())
        .orElse("it did not say why.");
  }

  // A killed process goes a little later, and holds its files until then.
  private static void destroy(Process process) {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture.allOf(
            all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, GRACE_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
