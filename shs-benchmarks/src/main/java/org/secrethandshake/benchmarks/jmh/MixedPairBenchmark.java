package org.secrethandshake.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.benchmarks.sides.Sides;

/** Whole handshakes as in {@link HandshakeBenchmark}, of every backend with every backend. */
@State(Scope.Thread)
public class MixedPairBenchmark extends AverageMicros {
  /** The name of the client's backend; the command replaces these by all that are available. */
  @Param({"bouncycastle", "sodium", "tink"})
  String client = "";

  /** The name of the server's backend, likewise. */
  @Param({"bouncycastle", "sodium", "tink"})
  String server = "";

  private Sides sides;

  /** Makes the identities. */
  @Setup
  public void open() {
    sides = new Sides(CryptoProviders.named(client), CryptoProviders.named(server));
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
