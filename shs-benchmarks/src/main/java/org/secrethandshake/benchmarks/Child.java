package org.secrethandshake.benchmarks;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.benchmarks.jmh.JmhRuns;

/**
 * A program that measures, ours, C's or the reference's. It prints a JSON object on each line that
 * counts; whatever else it prints is a complaint. Neither it nor a process that it has started
 * outlives {@link #close}, its limit of time, or this JVM.
 */
final class Child implements AutoCloseable {
  private static final Gson GSON = new Gson();

  private final String name;
  private final Process process;
  private final BufferedReader lines;
  private final List<String> complaints = new ArrayList<>();
  private final Thread endWithThisJvm = new Thread(this::destroy);
  final long startNanos = System.nanoTime();

  /** What a program says of itself, or a figure with its samples; what is missing is empty. */
  record Line(String about, String figure, String unit, List<Double> samples) {
    @SuppressWarnings({"ConstantValue", "NullAway"}) // Gson leaves null what it does not find
    Line {
      about = about == null ? "" : about;
      figure = figure == null ? "" : figure;
      unit = unit == null ? "" : unit;
      samples = samples == null ? List.of() : samples;
    }
  }

  /** Starts a program, which a sentence about its failure calls by this name. */
  Child(String name, Duration limit, List<String> command) throws IOException {
    this.name = name;
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    lines = process.inputReader(StandardCharsets.UTF_8);
    Runtime.getRuntime().addShutdownHook(endWithThisJvm);
    CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
        .execute(this::destroy);
  }

  /** The command of a program of ours, with the settings that this JVM has for our libraries. */
  static List<String> java(
      List<Path> classPath, List<String> options, Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JmhRuns.jvmArguments());
    System.getProperties().stringPropertyNames().stream()
        .filter(property -> property.startsWith("shs."))
        .forEach(property -> command.add("-D" + property + "=" + System.getProperty(property)));
    command.addAll(options);
    Stream<String> paths = classPath.stream().map(Path::toString);
    command.addAll(List.of("-cp", paths.collect(Collectors.joining(File.pathSeparator))));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /** Waits for the next line; if it ends instead, the exception has a sentence that says why. */
  Line next() throws IOException {
    Line line = nextOrNull();
    if (line == null) {
      throw failed("ended early");
    }
    return line;
  }

  /** Waits for its end, likewise. */
  List<Line> toEnd() throws IOException, InterruptedException {
    List<Line> all = new ArrayList<>();
    for (Line line = nextOrNull(); line != null; line = nextOrNull()) {
      all.add(line);
    }
    if (process.waitFor() != 0 || all.isEmpty()) {
      throw failed("failed with exit code " + process.exitValue());
    }
    return all;
  }

  private @Nullable Line nextOrNull() throws IOException {
    for (String text = lines.readLine(); text != null; text = lines.readLine()) {
      if (!text.startsWith("{")) {
        complaints.add(text);
        continue;
      }
      try {
        Line line = GSON.fromJson(text, Line.class);
        if (!line.about.isEmpty() || !line.samples.isEmpty()) {
          return line;
        }
      } catch (JsonSyntaxException e) {
        complaints.add(e.getMessage());
      }
      throw failed("printed a line that is not a figure (" + text + ")");
    }
    return null;
  }

  /** Compilers, Node and the JVM write the place first, and what is wrong after it. */
  private IOException failed(String how) {
    Stream<String> first = complaints.stream().filter(text -> text.matches(".*(rror:|ception).*"));
    Stream<String> all = Stream.concat(first, complaints.stream());
    String why = all.filter(text -> !text.isBlank()).findFirst().orElse("it did not say why.");
    return new IOException(name + " " + how + ": " + why);
  }

  private List<ProcessHandle> destroy() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    return all;
  }

  /** Destroys it, and waits: two programs at once would disturb each other. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(endWithThisJvm);
    destroy().forEach(each -> each.onExit().completeOnTimeout(each, 5, TimeUnit.SECONDS).join());
  }
}
