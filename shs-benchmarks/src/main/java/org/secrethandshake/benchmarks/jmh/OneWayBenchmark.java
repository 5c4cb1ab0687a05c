package org.secrethandshake.benchmarks.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.secrethandshake.channel.SecretChannel;

/** A channel over loopback TCP whose far end reads all that is written. */
public class OneWayBenchmark extends Loopback {
  /** What one operation writes. */
  static final int CHUNK_BYTES = 64 * 1024;

  /** More than sockets hold. */
  private static final int CHUNKS_AHEAD = 128;

  private final Ring<ByteBuffer> chunks = Ring.ofBuffers(CHUNK_BYTES);

  @Override
  void serve(SecretChannel far) throws IOException {
    ByteBuffer received = ByteBuffer.allocate(CHUNK_BYTES);
    while (far.read(received.clear()) >= 0) {}
  }

  /**
   * Fills the sockets as they will be at the end: what they hold then was written in time but never
   * read, and would else make a short iteration look faster.
   */
  @Setup(Level.Iteration)
  public void fillSockets() throws IOException {
    for (int i = 0; i < CHUNKS_AHEAD; i++) {
      write();
    }
  }

  @Benchmark
  public int write() throws IOException {
    return near.write(chunks.next().clear());
  }
}
