package org.secrethandshake.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * Handshakes over loopback TCP: a connection made, the handshake over it, and the connection cut at
 * both ends, without the goodbyes that are no part of a handshake.
 *
 * <p>The operation is one finished handshake of all that are in flight, so its time is one by their
 * rate and not what a single one takes. Client and server share the processor.
 */
public class ConnectBenchmark extends AverageMicros {
  /** One handshake more. */
  @Benchmark
  public void connect(Dialers dialers) throws Exception {
    dialers.awaitHandshake();
  }
}
