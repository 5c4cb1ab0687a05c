package org.secrethandshake.benchmarks.jmh;

import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;
import org.secrethandshake.BoxStreamException;

/**
 * Packets by the length of their body. Every packet has nonces of its own, as in any stream, so no
 * two invocations compute the same.
 *
 * <p>Packets must be unboxed in their order. So {@link #unbox} takes a batch that was boxed just
 * before, outside of its time; the clock is read once per batch, and the stream is never opened
 * anew.
 */
public class BoxStreamBenchmark extends AverageMicros {
  /** A stream whose wire holds a batch. */
  public static class Boxed extends PacketStream {
    /** Boxes what the invocation unboxes. */
    @Setup(Level.Invocation)
    public void refill() {
      boxBatch();
    }
  }

  /** Plaintext to packet. */
  @Benchmark
  public ByteBuffer box(PacketStream stream) {
    return stream.box();
  }

  /** Packet to plaintext. */
  @Benchmark
  @OperationsPerInvocation(PacketStream.BATCH)
  public void unbox(Boxed stream, Blackhole results) throws BoxStreamException {
    for (int i = 0; i < PacketStream.BATCH; i++) {
      results.consume(stream.unbox());
    }
  }

  /** Plaintext to packet to plaintext. */
  @Benchmark
  public ByteBuffer boxAndUnbox(PacketStream stream) throws BoxStreamException {
    return stream.boxAndUnbox();
  }
}
