package org.secrethandshake.benchmarks.jmh;

import java.util.List;

/** What the forked JVMs are told. */
final class Forks {
  /** The first JDK that warns of native access, and of the way in which JMH looks at objects. */
  private static final int WARNING_JDK = 24;

  private Forks() {}

  static List<String> jvmArguments() {
    return Runtime.version().feature() >= WARNING_JDK
        ? List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
        : List.of();
  }
}
