package org.secrethandshake.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.benchmarks.sides.Sides;
import org.secrethandshake.spi.CryptoProvider;

/** Whole handshakes: both sides on one thread, no socket, a kept remote. */
public class HandshakeBenchmark extends PerProvider {
  private Sides sides;

  /** Makes the identities. */
  @Setup
  public void open() {
    CryptoProvider crypto = crypto();
    sides = new Sides(crypto, crypto);
  }

  /** One handshake, until both sides hold its keys. */
  @Benchmark
  public void handshake(Blackhole results) throws HandshakeException {
    try (Sides.Met met = sides.handshake()) {
      results.consume(met.client());
      results.consume(met.server());
    }
  }

  /** Wipes the identities. */
  @TearDown
  public void close() {
    sides.close();
  }
}
