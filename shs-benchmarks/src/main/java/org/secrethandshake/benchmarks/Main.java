package org.secrethandshake.benchmarks;

import java.util.List;
import org.secrethandshake.benchmarks.jmh.JmhCommand;
import org.secrethandshake.benchmarks.jmh.Smoke;

/** The command of {@code benchmarks.jar}. */
public final class Main {
  private static final String SMOKE = "smoke";

  private Main() {}

  /** Runs everything once for {@code smoke}, else JMH with its own options. */
  public static void main(String[] arguments) throws Exception {
    if (List.of(arguments).equals(List.of(SMOKE))) {
      System.exit(Smoke.run(System.out) ? 0 : 1);
    }
    JmhCommand.run(List.of(arguments));
  }
}
