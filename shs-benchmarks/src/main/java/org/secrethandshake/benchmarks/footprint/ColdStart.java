package org.secrethandshake.benchmarks.footprint;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.secrethandshake.benchmarks.results.Section;

/**
 * From the start of a fresh JVM to its first finished handshake, both sides, in memory.
 *
 * <p>The JVM has the default settings and class path of a user of that backend alone. Each run is
 * one sample; the backends take turns, so that whatever disturbs the machine meets them alike. One
 * run before them is not counted, so the jars come from the disk's cache.
 *
 * <ul>
 *   <li>{@code total}: the wall time from just before the process is started to the line that it
 *       prints when its handshake is finished, as read here. The subject {@value #JVM_ALONE} is a
 *       program that prints a line and does nothing else: what every Java program pays.
 *   <li>{@code class loading}: finding the provider and constructing it and, of a pure-Java
 *       library, loading it: opening and verifying its signed jar, its first classes, its check of
 *       itself.
 *   <li>{@code native loading}: of a backend that loads a native library, the same step: the
 *       classes that bind it (JNA's), unpacking, loading and linking it, and checking it. A backend
 *       without such a library has no figure here.
 *   <li>{@code first handshake}: two identities drawn, and one handshake between them, in code that
 *       was never run before; the classes which that needs first are loaded in it.
 * </ul>
 *
 * <p>The parts leave out the start of the JVM, so they add up to less than the total.
 */
final class ColdStart {
  static final String JVM_ALONE = "JVM alone";
  private static final double NANOS_PER_MILLI = 1e6;

  private final BackendJars jars;
  private final Findings findings;
  private final Map<String, Boolean> usesNativeCode = new LinkedHashMap<>();

  ColdStart(BackendJars jars, Findings findings) {
    this.jars = jars;
    this.findings = findings;
  }

  void measure(List<String> backends, int rounds) {
    for (String backend : backends) {
      findings.attempt("cold start", backend, () -> rehearse(backend));
    }
    for (int round = 0; round < rounds; round++) {
      findings.attempt("cold start", JVM_ALONE, this::jvmAlone);
      for (String backend : List.copyOf(usesNativeCode.keySet())) {
        if (!findings.attempt("cold start", backend, () -> firstHandshake(backend))) {
          usesNativeCode.remove(backend);
        }
      }
    }
  }

  private void rehearse(String backend) throws IOException {
    try (Child child = Child.start(jars.classPath(backend), List.of(), Rehearsal.class, backend)) {
      usesNativeCode.put(backend, Boolean.valueOf(child.line()));
    }
  }

  private void jvmAlone() throws IOException {
    try (Child child = Child.start(jars.ownClassPath(), List.of(), JvmAlone.class)) {
      child.line();
      add(JVM_ALONE, "total", System.nanoTime() - child.startNanos());
    }
  }

  private void firstHandshake(String backend) throws IOException {
    try (Child child =
        Child.start(jars.classPath(backend), List.of(), FirstHandshake.class, backend)) {
      child.line();
      long total = System.nanoTime() - child.startNanos();
      long finding = Long.parseLong(child.line());
      long loading = Long.parseLong(child.line());
      long handshake = Long.parseLong(child.line());
      boolean separately = usesNativeCode.getOrDefault(backend, false);
      add(backend, "total", total);
      add(backend, "class loading", separately ? finding : finding + loading);
      if (separately) {
        add(backend, "native loading", loading);
      }
      add(backend, "first handshake", handshake);
    }
  }

  private void add(String subject, String variant, long nanos) {
    findings.add(Section.COLD_START, variant, subject, nanos / NANOS_PER_MILLI);
  }
}
