package org.secrethandshake.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.benchmarks.jmh.Sides;
import org.secrethandshake.benchmarks.report.Findings;
import org.secrethandshake.benchmarks.report.Findings.Figure;
import org.secrethandshake.benchmarks.report.Section;

/**
 * From the start of a fresh JVM to its first finished handshake, both sides, in memory, with the
 * default settings and the class path of a user of that backend only: the wall time from just
 * before the process is started to the line that it prints then, as read here. The subject {@value
 * #JVM_ALONE} prints a line and does nothing else: what every Java program pays.
 */
final class ColdStart {
  static final String JVM_ALONE = "JVM alone";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final double NANOS_PER_MILLI = 1e6;

  private ColdStart() {}

  /** The program. It prints by hand: to load what writes JSON would cost like a handshake. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0) {
      try (Sides sides = new Sides(CryptoProviders.named(arguments[0]))) {
        sides.handshake();
      }
    }
    System.out.println("{\"about\":\"finished\"}");
  }

  /** One start, of a backend or of {@link #JVM_ALONE}. */
  static void measure(String subject, Jars jars, Findings findings) throws IOException {
    boolean alone = subject.equals(JVM_ALONE);
    List<Path> classPath = alone ? jars.paths(Jars.OWN) : jars.of(subject);
    String[] arguments = alone ? new String[0] : new String[] {subject};
    List<String> command = Child.java(classPath, List.of(), ColdStart.class, arguments);
    try (Child child = new Child("Its program", LIMIT, command)) {
      child.next();
      double millis = (System.nanoTime() - child.startNanos) / NANOS_PER_MILLI;
      findings.add(new Figure(Section.COLD_START, ""), subject, millis);
    }
  }
}
