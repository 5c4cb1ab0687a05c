package org.secrethandshake.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Starts a JVM of its own, for what must not be mixed with the JVM of the tests: what a warm
 * provider allocates, or whether it works on the module path.
 *
 * <p>Thread-safe.
 */
public final class ForkedJava {
  private static final int FIRST_VERSION_THAT_WARNS = 24;

  private ForkedJava() {}

  /**
   * Starts {@code java} of this JDK with arguments, without input, and waits for its end. It must
   * end with exit code 0. It may go native without a warning.
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
    if (Runtime.version().feature() >= FIRST_VERSION_THAT_WARNS) {
      command.add("--illegal-native-access=allow");
    }
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.strip();
  }

  /** Returns those entries of the class path of the tests that pass, as a class path. */
  public static String classPath(Predicate<String> entry) {
    return entries().stream().filter(entry).collect(Collectors.joining(File.pathSeparator));
  }

  /** Returns the entries of the class path of the tests. */
  static List<String> entries() {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
  }

  /** Returns the entry of the class path of the tests that a class comes from. */
  static String placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
