package org.secrethandshake.benchmarks.jmh;

import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import org.secrethandshake.channel.SecretChannel;

/**
 * A channel whose far end writes a chunk for each that it has read, on two threads, so that both
 * directions are busy at once and carry the same.
 */
public class BothWays extends OneWay {
  private static final int CHUNKS_BETWEEN = 4;

  @Override
  void serve(LoopbackPair pair) {
    Semaphore room = new Semaphore(CHUNKS_BETWEEN);
    Semaphore owed = new Semaphore(0);
    pair.beside(readChunks(pair.far(), room, owed));
    pair.beside(writeChunks(pair.far(), room, owed));
    pair.beside(drain(pair.near()));
  }

  private static LoopbackPair.Loop readChunks(
      SecretChannel channel, Semaphore room, Semaphore owed) {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    return () -> {
      room.acquire();
      chunk.clear();
      while (chunk.hasRemaining() && channel.read(chunk) >= 0) {}
      owed.release();
    };
  }

  private static LoopbackPair.Loop writeChunks(
      SecretChannel channel, Semaphore room, Semaphore owed) {
    Ring<ByteBuffer> chunks = Ring.ofBuffers(CHUNK_BYTES);
    return () -> {
      owed.acquire();
      channel.write(chunks.next().clear());
      room.release();
    };
  }
}
