package org.secrethandshake.benchmarks.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.secrethandshake.channel.SecretChannel;

/** A channel whose far end reads all that is written. */
public class OneWay extends PerProvider {
  /** What one operation writes. */
  static final int CHUNK_BYTES = 64 * 1024;

  /** More than sockets hold. */
  private static final int CHUNKS_AHEAD = 128;

  private final Ring<ByteBuffer> chunks = Ring.ofBuffers(CHUNK_BYTES);
  private LoopbackPair pair;

  /** Opens the channel. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    pair = LoopbackPair.open(crypto());
    serve(pair);
  }

  /** Starts what reads. */
  void serve(LoopbackPair pair) {
    pair.beside(drain(pair.far()));
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

  /** Closes the channel and ends its threads. */
  @TearDown(Level.Trial)
  public void close() throws InterruptedException {
    pair.close();
  }

  final int write() throws IOException {
    return pair.near().write(chunks.next().clear());
  }

  static LoopbackPair.Loop drain(SecretChannel channel) {
    ByteBuffer received = ByteBuffer.allocate(CHUNK_BYTES);
    return () -> channel.read(received.clear());
  }
}
