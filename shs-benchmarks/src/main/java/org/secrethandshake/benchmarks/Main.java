package org.secrethandshake.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.secrethandshake.benchmarks.jmh.JmhRuns;
import org.secrethandshake.benchmarks.jmh.Providers;

/** The command of {@code benchmarks.jar}. */
public final class Main {
  private static final double BYTES_PER_MIB = 1024 * 1024;

  private Main() {}

  /** Runs {@code report}, {@code alternate}, {@code smoke}, {@code idle} or else JMH's command. */
  public static void main(String[] arguments) throws Exception {
    List<String> all = List.of(arguments);
    List<String> rest = all.subList(Math.min(1, all.size()), all.size());
    switch (all.isEmpty() ? "" : all.get(0)) {
      case "report" -> System.exit(ReportCommand.run(rest));
      case "alternate" -> System.exit(Beside.alternate(rest));
      case "smoke" -> System.exit(smoke() ? 0 : 1);
      case "idle" -> System.exit(idle(rest));
      default ->
          org.openjdk.jmh.Main.main(completed(all, Providers.names()).toArray(String[]::new));
    }
  }

  private static boolean smoke() {
    Providers.unavailable().forEach(System.out::println);
    boolean passed = JmhRuns.smoke(".*", Providers.names(), System.out);
    return passed && Providers.unavailable().isEmpty();
  }

  private static int idle(List<String> arguments) {
    if (arguments.size() != 2 || !arguments.get(1).matches("[1-9]\\d{0,5}")) {
      System.err.println("usage: idle BACKEND COUNT");
      return 2;
    }
    try {
      String backend = arguments.get(0);
      int count = Integer.parseInt(arguments.get(1));
      List<Double> bytes = IdleChannels.measure(backend, count, Jars.found());
      System.out.printf(
          Locale.ROOT,
          "%s: %,d idle channels hold %.1f MiB of heap and %.1f MiB outside%n",
          backend,
          count,
          bytes.get(0) / BYTES_PER_MIB,
          bytes.get(1) / BYTES_PER_MIB);
      return 0;
    } catch (IOException e) {
      System.err.println("Nothing was measured. " + e.getMessage());
      return 1;
    }
  }

  /** JMH's own options, with all backends and what their forks need, each unless it is given. */
  static List<String> completed(List<String> arguments, List<String> backends) {
    Providers.unavailable().forEach(System.err::println);
    List<String> completed = new ArrayList<>(arguments);
    // An annotation cannot know what is installed.
    if (!backends.isEmpty() && arguments.stream().noneMatch(each -> each.startsWith("provider="))) {
      completed.addAll(List.of("-p", "provider=" + String.join(",", backends)));
    }
    if (!JmhRuns.jvmArguments().isEmpty() && !arguments.contains("-jvmArgsPrepend")) {
      completed.addAll(List.of("-jvmArgsPrepend", String.join(" ", JmhRuns.jvmArguments())));
    }
    return completed;
  }
}
