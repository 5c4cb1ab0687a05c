package org.secrethandshake.benchmarks.footprint;

import java.util.HashSet;
import java.util.Set;
import javax.management.JMException;
import org.secrethandshake.benchmarks.sides.Sides;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A program that does what {@link FirstHandshake} does, so that the disk's cache is as warm for the
 * first timed run as for the others, and prints whether the backend loads a native library. Asking
 * for that costs time, so it is not asked in a timed run.
 */
final class Rehearsal {
  private Rehearsal() {}

  public static void main(String[] arguments) throws Exception {
    CryptoProvider crypto = Backend.find(arguments[0]);
    Set<String> before = nativeLibraries();
    Backend.load(crypto);
    Set<String> loaded = nativeLibraries();
    loaded.removeAll(before);
    try (Sides sides = new Sides(crypto, crypto)) {
      sides.handshake().close();
    }
    System.out.println(!loaded.isEmpty());
  }

  /** The libraries of this process that are not the JDK's own. */
  private static Set<String> nativeLibraries() throws JMException {
    Set<String> libraries = new HashSet<>();
    for (String line : Diagnostics.run("vmDynlibs").orElse("").lines().toList()) {
      int path = line.indexOf(System.getProperty("file.separator"));
      if (path >= 0 && !line.contains(System.getProperty("java.home"))) {
        libraries.add(line.substring(path));
      }
    }
    return libraries;
  }
}
