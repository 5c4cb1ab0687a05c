package org.secrethandshake.benchmarks.footprint;

import org.secrethandshake.benchmarks.sides.Sides;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A program that does one handshake with the backend named by its argument, and prints a line as
 * soon as it is finished; then, in nanoseconds and a line each, what finding the backend, loading
 * it and the handshake took.
 */
final class FirstHandshake {
  private FirstHandshake() {}

  public static void main(String[] arguments) throws Exception {
    long begun = System.nanoTime();
    CryptoProvider crypto = Backend.find(arguments[0]);
    long found = System.nanoTime();
    Backend.load(crypto);
    long loaded = System.nanoTime();
    try (Sides sides = new Sides(crypto, crypto)) {
      sides.handshake().close();
    }
    long finished = System.nanoTime();
    System.out.println("finished");
    System.out.flush();
    // One by one: joining strings would be the first such in this JVM, and cost like a handshake.
    System.out.println(found - begun);
    System.out.println(loaded - found);
    System.out.println(finished - loaded);
  }
}
