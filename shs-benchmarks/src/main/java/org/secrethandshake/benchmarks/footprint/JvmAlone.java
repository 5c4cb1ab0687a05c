package org.secrethandshake.benchmarks.footprint;

/** A program that prints a line: what every start of a JVM costs. */
final class JvmAlone {
  private JvmAlone() {}

  public static void main(String[] arguments) {
    System.out.println("finished");
  }
}
