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
import org.secrethandshake.spi.CryptoProvider;

/**
 * From the start of a fresh JVM to its first finished handshake, both sides, in memory, with the
 * default settings and the class path of a user of that backend only. A run of each before the ones
 * that count brings the jars into the disk's cache.
 *
 * <ul>
 *   <li>{@code total}: the wall time from just before the process is started to the line that it
 *       prints when its handshake is finished, as read here. The subject {@value #JVM_ALONE} is a
 *       program that prints a line and does nothing else: what every Java program pays.
 *   <li>{@code loading}: finding the provider, constructing it and loading its library: the signed
 *       jar opened and verified, or JNA's classes, the native library unpacked and linked; and the
 *       check of either.
 *   <li>{@code first handshake}: two identities drawn, and one handshake between them, in code that
 *       was never run before; the classes which that needs first are loaded in it.
 * </ul>
 *
 * <p>The parts leave out the start of the JVM, so they add up to less than the total.
 */
final class ColdStart {
  static final String JVM_ALONE = "JVM alone";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final double NANOS_PER_MILLI = 1e6;

  private ColdStart() {}

  /** The program. It prints by hand: to load what writes JSON would cost like a handshake. */
  public static void main(String[] arguments) throws Exception {
    long begun = System.nanoTime();
    long loaded = begun;
    if (arguments.length > 0) {
      CryptoProvider crypto = CryptoProviders.named(arguments[0]);
      loaded = System.nanoTime();
      try (Sides sides = new Sides(crypto)) {
        sides.handshake();
      }
    }
    long finished = System.nanoTime();
    System.out.println("{\"about\":\"finished\"}");
    System.out.flush();
    System.out.print("{\"figure\":\"parts\",\"unit\":\"ns\",\"samples\":[");
    System.out.print(loaded - begun);
    System.out.print(",");
    System.out.print(finished - loaded);
    System.out.println("]}");
  }

  /** One start, of a backend or of {@link #JVM_ALONE}. */
  static void measure(String subject, Jars jars, Findings findings) throws IOException {
    boolean alone = subject.equals(JVM_ALONE);
    List<Path> classPath = alone ? List.of(Jars.own()) : jars.of(subject);
    String[] arguments = alone ? new String[0] : new String[] {subject};
    List<String> command = Child.java(classPath, List.of(), ColdStart.class, arguments);
    try (Child child = new Child("Its program", LIMIT, command)) {
      child.next();
      add(findings, subject, "total", (double) (System.nanoTime() - child.startNanos));
      List<Double> parts = child.next().samples();
      if (!alone) {
        add(findings, subject, "loading", parts.get(0));
        add(findings, subject, "first handshake", parts.get(1));
      }
    }
  }

  private static void add(Findings findings, String subject, String variant, double nanos) {
    findings.add(new Figure(Section.COLD_START, variant), subject, nanos / NANOS_PER_MILLI);
  }
}
