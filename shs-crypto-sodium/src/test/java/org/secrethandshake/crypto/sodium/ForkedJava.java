package org.secrethandshake.crypto.sodium;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts a JVM of its own, for what must not be mixed with the JVM of the tests. */
final class ForkedJava {
  private ForkedJava() {}

  /** Starts {@code java} with arguments and returns what it printed. */
  static String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    nativeAccess(List.of(arguments)).ifPresent(command::add);
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.strip();
  }

  // Newer versions warn when JNA loads its native part, unless told that it may.
  private static Optional<String> nativeAccess(List<String> arguments) {
    String user = arguments.contains("--module-path") ? "com.sun.jna" : "ALL-UNNAMED";
    return Runtime.version().feature() < 24
        ? Optional.empty()
        : Optional.of("--enable-native-access=" + user);
  }

  /** Returns those entries of the class path of the tests that pass. */
  static String classPath(Predicate<String> entry) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
