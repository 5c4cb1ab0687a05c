package org.secrethandshake.conformance.load;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One end of a transfer: the command {@code shs} on a host, which sends random bytes and keeps what
 * it receives.
 */
final class Call implements AutoCloseable {
  private final Path input;
  private final Path output;
  private final Path words;
  private final Process process;
  private final CompletableFuture<Long> end;

  /**
   * Starts the command.
   *
   * @param bytes how many to send; with a negative number, standard input stays open and silent
   */
  Call(Host host, String shs, Path folder, long bytes, long seed, List<String> arguments)
      throws IOException {
    String name = arguments.get(0);
    input = Files.write(folder.resolve(name + ".input"), random(bytes, seed));
    output = folder.resolve(name + ".output");
    words = folder.resolve(name + ".words");
    List<String> command = new ArrayList<>(List.of(shs));
    command.addAll(arguments);
    ProcessBuilder builder = host.program(command);
    builder.environment().put("SHS_NO_ARCHIVE", "yes");
    builder.redirectInput(bytes < 0 ? Redirect.PIPE : Redirect.from(input.toFile()));
    builder.redirectOutput(output.toFile()).redirectError(words.toFile());
    process = builder.start();
    end = process.onExit().thenApply(ended -> System.nanoTime());
  }

  private static byte[] random(long bytes, long seed) {
    byte[] random = new byte[(int) Math.max(0, bytes)];
    new Random(seed).nextBytes(random);
    return random;
  }

  /** Sends some bytes on an input that stayed open, which it still does. */
  void say(byte... bytes) throws IOException {
    Files.write(input, bytes, StandardOpenOption.APPEND);
    process.getOutputStream().write(bytes);
    process.getOutputStream().flush();
  }

  /** Ends an input that stayed open, which sends a goodbye. */
  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /** Waits until it has received all that the other end was given to send. */
  void awaitAllOf(Call other) throws IOException, InterruptedException {
    while (!hasAllOf(other) && !hasEnded()) {
      Thread.sleep(20);
    }
  }

  /** Waits for the address that a listening command prints. */
  String address() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      for (String line : Files.readString(words).split("\n", -1)) {
        if (line.startsWith("listening ") && line.contains("~shs:")) {
          return line.substring("listening ".length()).trim();
        }
      }
      Thread.sleep(50);
    }
    throw new IOException("the command does not listen: " + Files.readString(words));
  }

  /** Waits for its end; answers whether that came in time. */
  boolean awaitEnd(long seconds) throws InterruptedException {
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  /** Returns the seconds from a reading of the clock to the end, for which it waits. */
  double secondsSince(long begun) {
    return (end.join() - begun) / 1e9;
  }

  boolean hasEnded() {
    return !process.isAlive();
  }

  /** Whether it said by its exit code that all was sent and received. */
  boolean saysComplete() {
    return hasEnded() && process.exitValue() == 0;
  }

  /** Whether it has received all that the other end was given to send. */
  boolean hasAllOf(Call other) throws IOException {
    return Files.mismatch(output, other.input) < 0;
  }

  /** Whether it has received a part of that, and nothing else. */
  boolean hasPartOf(Call other) throws IOException {
    long mismatch = Files.mismatch(output, other.input);
    return mismatch < 0 || mismatch == Files.size(output);
  }

  long received() throws IOException {
    return Files.size(output);
  }

  /** Returns the exit code, and the last line of what it said. */
  String result() throws IOException {
    String[] lines = Files.readString(words).strip().split("\n", -1);
    String code = hasEnded() ? "exit " + process.exitValue() : "still running";
    String last = lines[lines.length - 1];
    return last.startsWith("listening ") || last.isEmpty() ? code : code + " (" + last + ")";
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
