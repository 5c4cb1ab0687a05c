package org.secrethandshake.benchmarks;

import java.util.List;
import org.secrethandshake.benchmarks.beside.Alternation;
import org.secrethandshake.benchmarks.jmh.JmhCommand;
import org.secrethandshake.benchmarks.jmh.Smoke;

/** The command of {@code benchmarks.jar}. */
public final class Main {
  private Main() {}

  /**
   * Writes the report for {@code report}, lets backends and C take turns for {@code alternate},
   * runs everything once for {@code smoke}; else runs JMH with its own options.
   */
  public static void main(String[] arguments) throws Exception {
    List<String> all = List.of(arguments);
    List<String> rest = all.subList(Math.min(1, all.size()), all.size());
    switch (all.isEmpty() ? "" : all.get(0)) {
      case "report" -> System.exit(ReportCommand.run(rest));
      case "alternate" -> System.exit(Alternation.run(rest, System.out, System.err));
      case "smoke" -> System.exit(Smoke.run(System.out) ? 0 : 1);
      default -> JmhCommand.run(all);
    }
  }
}
