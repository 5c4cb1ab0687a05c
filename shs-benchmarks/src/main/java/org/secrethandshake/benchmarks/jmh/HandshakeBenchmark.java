package org.secrethandshake.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.secrethandshake.HandshakeException;

/** Whole handshakes: both sides on one thread, no socket, the server's parsed key kept. */
public class HandshakeBenchmark extends PerProvider {
  private Sides sides;

  @Setup
  public void open() {
    sides = new Sides(crypto());
  }

  @Benchmark
  public void handshake() throws HandshakeException {
    sides.handshake();
  }

  @TearDown
  public void close() {
    sides.close();
  }
}
