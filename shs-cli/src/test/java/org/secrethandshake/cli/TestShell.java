package org.secrethandshake.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs commands within the test's JVM, with streams and an environment of its own. */
final class TestShell {
  private static final long PATIENCE_SECONDS = 30;

  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = collected;
  private Set<Shell.Stream> terminals = Set.of();
  private Set<Shell.Stream> closed = Set.of();
  private Thread thread;

  TestShell in(String text) {
    return in(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  TestShell in(InputStream stream) {
    in = stream;
    return this;
  }

  TestShell out(OutputStream stream) {
    out = stream;
    return this;
  }

  TestShell variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  TestShell terminals(Shell.Stream... streams) {
    terminals = Set.of(streams);
    return this;
  }

  TestShell closed(Shell.Stream... streams) {
    closed = Set.of(streams);
    return this;
  }

  /** Runs a command to its end. */
  Outcome run(String... arguments) {
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    int exitCode =
        Shs.run(new Shell(in, out, errors, Map.copyOf(environment), terminals, closed), arguments);
    return new Outcome(
        exitCode, collected.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs a command beside the test. */
  CompletableFuture<Outcome> start(String... arguments) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    thread = new Thread(() -> outcome.complete(run(arguments)), "test-shs");
    thread.setDaemon(true);
    thread.start();
    return outcome.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Stops a command that was started, as Ctrl-C does. */
  void interrupt() {
    thread.interrupt();
  }

  /** Waits for the line in which listen tells its address. */
  String listeningAddress() throws InterruptedException {
    Matcher line = await(Pattern.compile("listening (.*)\\R"), err);
    return line.group(1).strip();
  }

  /** Waits until a command has written this to standard output. */
  void awaitOutput(String text) throws InterruptedException {
    await(Pattern.compile(text, Pattern.LITERAL), collected);
  }

  /** Waits until a command has written this to standard error. */
  void awaitErrors(String text) throws InterruptedException {
    await(Pattern.compile(text, Pattern.LITERAL), err);
  }

  private static Matcher await(Pattern pattern, ByteArrayOutputStream stream)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      Matcher matcher = pattern.matcher(stream.toString(StandardCharsets.UTF_8));
      if (matcher.find()) {
        return matcher;
      }
      Thread.sleep(10);
    }
    throw new AssertionError(
        "'" + pattern + "' did not come, but " + stream.toString(StandardCharsets.UTF_8));
  }
}
