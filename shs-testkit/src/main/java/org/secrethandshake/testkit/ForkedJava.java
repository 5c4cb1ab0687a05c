package org.secrethandshake.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts a JVM of its own, for what must not be mixed with the JVM of the tests: what a warm
 * provider allocates, or whether it works on the module path.
 *
 * <p>Thread-safe.
 */
public final class ForkedJava {
  private ForkedJava() {}

  /**
   * Starts {@code java} of this JDK with arguments, without input, and waits for its end. It must
   * end with exit code 0.
   *
   * @return what it printed on both of its streams, without white space around it
   */
  public static String run(String... arguments) throws IOException, InterruptedException {
    return runBy(List.of(), arguments);
  }

  /**
   * Does what {@link #run} does, with the help of a program that is given the command to start as
   * its last arguments, such as {@code env}.
   *
   * @param program the program and its own arguments, which come first
   */
  public static String runBy(List<String> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(program);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.strip();
  }

  /** Returns those entries of the class path of the tests that pass, as a class path. */
  public static String classPath(Predicate<String> entry) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
