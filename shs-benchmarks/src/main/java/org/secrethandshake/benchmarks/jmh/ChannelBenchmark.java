package org.secrethandshake.benchmarks.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Channels over loopback TCP. Each thread of the benchmark has a channel of its own, whose far end
 * is served by other threads of this process, on the same processor.
 */
public class ChannelBenchmark extends AverageMicros {
  /** A chunk written, while the far end reads. */
  @Benchmark
  public int oneWay(OneWay channel) throws IOException {
    return channel.write();
  }

  /** A chunk written, while as much comes back. */
  @Benchmark
  public int bothWays(BothWays channel) throws IOException {
    return channel.write();
  }

  /** A request sent, and its response received. */
  @Benchmark
  public ByteBuffer requestResponse(RequestResponse channel) throws IOException {
    return channel.roundTrip();
  }
}
