package org.secrethandshake.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where, when and with what a run was made: without it no figure can be compared with another.
 *
 * @param machine the model of the processor
 * @param cores how many the JVM may use
 * @param jdk the vendor and version of the JVM
 * @param system the operating system and its version
 * @param date when the run began
 * @param duration how long it took
 * @param command the command line that repeats it
 * @param backends those measured, in the order of their colours
 */
public record Environment(
    String machine,
    int cores,
    String jdk,
    String system,
    Instant date,
    Duration duration,
    String command,
    List<Backend> backends) {
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  /** Keeps a copy of the backends. */
  public Environment {
    backends = List.copyOf(backends);
  }

  /** The environment of this JVM. */
  public static Environment ofThisMachine(
      Instant date, Duration duration, String command, List<Backend> backends) {
    return new Environment(
        processor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        "%s %s, %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        date,
        duration,
        command,
        backends);
  }

  /** The names of the backends, in the order of their colours. */
  List<String> names() {
    return backends.stream().map(Backend::name).toList();
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(PROCESSOR)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElseGet(Environment::architecture);
    } catch (IOException e) {
      return architecture();
    }
  }

  /** All that a system without Linux's list of processors tells. */
  private static String architecture() {
    return System.getProperty("os.arch") + " processor";
  }
}
