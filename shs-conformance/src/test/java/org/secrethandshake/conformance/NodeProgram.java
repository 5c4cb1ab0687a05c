package org.secrethandshake.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Node program of the interop folder, as a process. Closing it ends the process and all that it
 * started, whatever state they are in.
 */
final class NodeProgram implements AutoCloseable {
  private static final long GRACE_SECONDS = 2;

  private final Process process;
  private final Path errors;

  private NodeProgram(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  /**
   * Starts a program.
   *
   * @param environment variables to add
   * @param arguments the script, relative to the interop folder, and its arguments
   */
  static NodeProgram start(Map<String, String> environment, List<String> arguments)
      throws IOException {
    Path errors = Files.createTempFile("shs-interop", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(Stream.of("node"), arguments.stream()).toList())
            .directory(Project.INTEROP.toFile())
            .redirectError(errors.toFile());
    builder.environment().putAll(environment);
    return new NodeProgram(builder.start(), errors);
  }

  Process process() {
    return process;
  }

  /** What it wrote to standard error, for the message of a failure. */
  String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes the program's standard input, waits a little, and kills what is left. */
  @Override
  public void close() throws IOException {
    List<ProcessHandle> started = process.descendants().collect(Collectors.toList());
    try {
      process.getOutputStream().close();
      process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      // It is gone already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      started.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.deleteIfExists(errors);
    }
  }
}
