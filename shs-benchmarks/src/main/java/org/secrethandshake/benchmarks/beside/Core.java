package org.secrethandshake.benchmarks.beside;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One core, to which programs are pinned where the system has {@code taskset}. */
final class Core {
  private static final Duration AT_MOST = Duration.ofSeconds(5);

  /** No core in particular. */
  static final Core ANY = new Core(List.of());

  private final List<String> prefix;

  private Core(List<String> prefix) {
    this.prefix = prefix;
  }

  /** Finds a core that may be pinned to: the second one, as the first serves interrupts more. */
  static Core one(SearchPath path) throws InterruptedException {
    Optional<String> taskset = path.find("taskset");
    if (taskset.isPresent()) {
      for (int number : IntStream.of(1, 0).toArray()) {
        Core core = new Core(List.of(taskset.get(), "-c", Integer.toString(number)));
        if (core.isAllowed()) {
          return core;
        }
      }
    }
    return ANY;
  }

  private boolean isAllowed() throws InterruptedException {
    try {
      new Child("taskset", pin(List.of("true"))).run(AT_MOST);
      return true;
    } catch (NotMeasuredException e) {
      return false;
    }
  }

  /** The command that runs another one here. */
  List<String> pin(List<String> command) {
    return Stream.concat(prefix.stream(), command.stream()).toList();
  }

  /** Where the programs run, in words. */
  String inWords() {
    return prefix.isEmpty()
        ? "not pinned to a core, as there is no taskset here that may do it"
        : "pinned to core " + prefix.get(prefix.size() - 1);
  }
}
