package org.secrethandshake.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** The command in a process of its own, which bash starts: for descriptors and signals. */
final class ShsProcess implements AutoCloseable {
  private static final Path BASH = Path.of("/bin/bash");
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path out;
  private final Path err;

  private ShsProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts a script in which {@code shs} is the command, run without its start script.
   *
   * @param folder where it runs, and where its output goes
   */
  static ShsProcess bash(Path folder, String script) throws IOException {
    String command = Matcher.quoteReplacement(command());
    return start(
        folder, List.of(BASH.toString(), "-c", script.replaceAll("(?<![~\\w])shs(?= )", command)));
  }

  /** Starts the command with options for Java, and then arguments. */
  static ShsProcess java(Path folder, List<String> options, String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(javaBinary().toString());
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Shs.class.getName()));
    line.addAll(List.of(arguments));
    return start(folder, line);
  }

  private static ShsProcess start(Path folder, List<String> line) throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(BASH), "there is no bash");
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    return new ShsProcess(builder.start(), out, err);
  }

  /** Returns the start of a command line, quoted for a shell: what comes next are arguments. */
  static String command() {
    return "'%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s"
        .formatted(javaBinary(), System.getProperty("java.class.path"), Shs.class.getName());
  }

  private static Path javaBinary() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** Sends a signal to the process, which must have replaced bash by {@code exec}. */
  void signal(String name) throws IOException, InterruptedException {
    signal(name, Long.toString(process.pid()));
  }

  /** Sends a signal to a process, or to the group of a negative number, as Ctrl-C does. */
  static void signal(String name, String target) throws IOException, InterruptedException {
    new ProcessBuilder(BASH.toString(), "-c", "kill -%s -- %s".formatted(name, target))
        .start()
        .waitFor();
  }

  String awaitListeningAddress() throws Exception {
    return awaitErrors("listening (.*)\\R").group(1);
  }

  /** Waits for a line on standard error. */
  Matcher awaitErrors(String pattern) throws Exception {
    Pattern awaited = Pattern.compile(pattern);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      Matcher matcher = awaited.matcher(Files.readString(err));
      if (matcher.find()) {
        return matcher;
      }
      Thread.sleep(10);
    }
    throw new AssertionError(pattern + " did not come, but " + Files.readString(err));
  }

  /** Waits for the end. */
  Outcome end() throws Exception {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("it did not end: " + Files.readString(err));
    }
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
