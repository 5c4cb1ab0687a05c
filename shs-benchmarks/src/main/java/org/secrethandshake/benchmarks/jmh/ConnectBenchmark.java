package org.secrethandshake.benchmarks.jmh;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.secrethandshake.channel.SecretChannel;

/** Handshakes over loopback TCP, as many in flight as the benchmark has threads. */
@State(Scope.Benchmark)
public class ConnectBenchmark extends Loopback {
  @Override
  void serve(SecretChannel far) {
    far.abort();
  }

  /** A connection, the handshake over it, and a cut: a goodbye is no part of a handshake. */
  @Benchmark
  public void connect() throws IOException {
    dial().abort();
  }
}
