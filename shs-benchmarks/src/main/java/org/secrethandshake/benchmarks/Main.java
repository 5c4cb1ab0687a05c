package org.secrethandshake.benchmarks;

/** The command of {@code benchmarks.jar}. */
public final class Main {
  private Main() {}

  /** Runs JMH with its own options. */
  public static void main(String[] arguments) throws Exception {
    org.openjdk.jmh.Main.main(arguments);
  }
}
