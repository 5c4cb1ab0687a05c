package org.secrethandshake.conformance.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of this package in a JVM of its own like this one, with lines to it and from it. The
 * other end of mass connections stands apart, so that neither counts what the other holds.
 */
final class Fork implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;
  private final PrintWriter orders;

  Fork(Class<?> program, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-X") || option.startsWith("--enable"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    lines = process.inputReader(StandardCharsets.UTF_8);
    orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  /** Waits for its next line. */
  String next() throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IOException("the other process ended early");
    }
    return line;
  }

  /** Gives it a line. */
  void tell(String order) {
    orders.println(order);
  }

  /** Ends it. The end of its input does the same should this JVM end first. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
