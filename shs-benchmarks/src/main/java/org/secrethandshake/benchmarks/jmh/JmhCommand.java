package org.secrethandshake.benchmarks.jmh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * JMH's own command, which measures every available backend unless its options say otherwise: an
 * annotation cannot know what is installed.
 */
public final class JmhCommand {
  private JmhCommand() {}

  /** Runs JMH with its options, of which {@code -h} tells. Exits when it fails. */
  public static void run(List<String> arguments) throws IOException {
    Providers.unavailable().forEach(System.err::println);
    org.openjdk.jmh.Main.main(completed(arguments, Providers.names()).toArray(String[]::new));
  }

  /** Adds the backends and what their forks need, each unless it is given. */
  static List<String> completed(List<String> arguments, List<String> providers) {
    List<String> completed = new ArrayList<>(arguments);
    try {
      CommandLineOptions given = new CommandLineOptions(arguments.toArray(String[]::new));
      if (!providers.isEmpty()) {
        Benchmarks.PROVIDER_PARAMETERS.stream()
            .filter(parameter -> !given.getParameter(parameter).hasValue())
            .forEach(parameter -> completed.addAll(parameter(parameter, providers)));
      }
      if (!given.getJvmArgsPrepend().hasValue() && !Forks.jvmArguments().isEmpty()) {
        completed.addAll(List.of("-jvmArgsPrepend", String.join(" ", Forks.jvmArguments())));
      }
    } catch (CommandLineOptionException e) {
      // JMH reads the options once more, and says itself what is wrong with them.
    }
    return completed;
  }

  private static List<String> parameter(String name, List<String> values) {
    return List.of("-p", name + "=" + String.join(",", values));
  }
}
