package org.secrethandshake.benchmarks.beside;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A program of ours in a JVM of its own, with the options and the class path of this one. */
record ChildJvm(Class<?> program, String backend) {
  private static final Duration AT_MOST = Duration.ofMinutes(3);

  /** From here on a library that goes native without leave draws a warning, or an error later. */
  private static final int NATIVE_ACCESS_SINCE = 24;

  Readings run(Core core) throws NotMeasuredException, InterruptedException {
    String name = "The measuring program of " + backend;
    return Readings.parse(new Child(name, core.pin(command())).run(AT_MOST));
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    if (Runtime.version().feature() >= NATIVE_ACCESS_SINCE) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(program.getName(), backend));
    return command;
  }
}
