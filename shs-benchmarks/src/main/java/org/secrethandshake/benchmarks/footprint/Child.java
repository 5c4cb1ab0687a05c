package org.secrethandshake.benchmarks.footprint;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program of ours in a fresh JVM, which answers in lines. It does not outlive this process: it is
 * destroyed on {@link #close}, and when this JVM ends.
 */
final class Child implements AutoCloseable {
  /** How long a child may say nothing. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int FIRST_JDK_THAT_WARNS = 24;
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final int MAX_COMPLAINT_CHARS = 600;

  private final Class<?> program;
  private final Process process;
  private final Path complaints;
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
  private final Thread endWithThisJvm;
  private final long startNanos;

  private Child(Class<?> program, ProcessBuilder builder, Path complaints) throws IOException {
    this.program = program;
    this.complaints = complaints;
    builder.redirectError(complaints.toFile());
    this.startNanos = System.nanoTime();
    this.process = builder.start();
    this.endWithThisJvm = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(endWithThisJvm);
    Thread reader = new Thread(this::readLines, "lines-of-" + program.getSimpleName());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a program with the settings that a user's JVM has, native access included.
   *
   * @param options further options of the JVM
   */
  static Child start(
      List<Path> classPath, List<String> options, Class<?> program, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= FIRST_JDK_THAT_WARNS) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(ownProperties());
    command.addAll(options);
    command.add("-cp");
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    return started(program, new ProcessBuilder(command));
  }

  private static Child started(Class<?> program, ProcessBuilder builder) throws IOException {
    Path complaints = Files.createTempFile("shs-benchmarks", ".err");
    boolean started = false;
    try {
      Child child = new Child(program, builder, complaints);
      started = true;
      return child;
    } finally {
      if (!started) {
        Files.deleteIfExists(complaints);
      }
    }
  }

  /** Such as which libsodium to load: the child must measure what this run is about. */
  private static List<String> ownProperties() {
    return System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("shs."))
        .sorted()
        .map(name -> "-D" + name + "=" + System.getProperty(name))
        .toList();
  }

  /** When the child was started, by {@link System#nanoTime}. */
  long startNanos() {
    return startNanos;
  }

  /** Waits for the next line as {@link #line(Duration)}, with {@link #PATIENCE}. */
  String line() throws IOException {
    return line(PATIENCE);
  }

  /**
   * Waits for the next line.
   *
   * @throws IOException if the child ends or falls silent instead; the message says what it wrote
   *     to its standard error
   */
  String line(Duration patience) throws IOException {
    return next(patience).orElseThrow(() -> failed("ended early" + exitValue()));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  private Optional<String> next(Duration patience) throws IOException {
    try {
      return Optional.ofNullable(lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS))
          .orElseThrow(
              () -> failed("said nothing for " + patience.toMillis() / MILLIS_PER_SECOND + " s"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was not waited for, because this thread was interrupted");
    }
  }

  private void readLines() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(Optional.of(line));
      }
    } catch (IOException e) {
      // The child was destroyed while it wrote: that is its end, too.
    } finally {
      lines.add(Optional.empty());
    }
  }

  private String exitValue() {
    try {
      return process.waitFor(1, TimeUnit.SECONDS) ? " with exit " + process.exitValue() : "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private IOException failed(String how) {
    return new IOException(program.getSimpleName() + " " + how + complaint());
  }

  /** What it wrote to its standard error: of a stack trace, the words; empty if nothing. */
  String complaint() {
    try (Stream<String> all = Files.lines(complaints)) {
      String words =
          all.filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
              .filter(line -> !line.startsWith("WARNING"))
              .collect(Collectors.joining("; "));
      String some = words.substring(0, Math.min(words.length(), MAX_COMPLAINT_CHARS));
      return some.isEmpty() ? "" : ": " + some;
    } catch (IOException e) {
      return ", and what it wrote cannot be read: " + e.getMessage();
    }
  }

  /** Destroys the child. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      Runtime.getRuntime().removeShutdownHook(endWithThisJvm);
      // Two memory runs at once would disturb each other.
      process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // This JVM is ending, and its hook has done the work.
    }
    Files.deleteIfExists(complaints);
  }
}
