package org.secrethandshake.conformance.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32C;
import org.secrethandshake.channel.SecretChannel;

/** A long stream, written and read back at the same time, between two goodbyes. */
final class EchoedStream {
  private static final int BLOCK_BYTES = 64 * 1024;

  private final SecretChannel channel;
  private final LongAdder moved;

  /**
   * A stream over an open channel.
   *
   * @param moved counts the bytes that came back
   */
  EchoedStream(SecretChannel channel, LongAdder moved) {
    this.channel = channel;
    this.moved = moved;
  }

  /** What went through one direction. */
  private record Sum(long bytes, long checksum) {}

  /** Sends at least so many bytes; answers whether exactly those came back. */
  boolean run(long bytes, long seed, ExecutorService readers) throws Exception {
    Future<Sum> received = readers.submit((Callable<Sum>) this::receive);
    Sum sent = send(bytes, new Random(seed));
    return sent.equals(received.get());
  }

  private Sum send(long bytes, Random random) throws IOException {
    CRC32C checksum = new CRC32C();
    byte[] block = new byte[BLOCK_BYTES];
    random.nextBytes(block);
    ByteBuffer buffer = ByteBuffer.wrap(block);
    long sent = 0;
    while (sent < bytes) {
      // No two blocks are alike, so that none can pass for another.
      buffer.putLong(0, sent);
      int length = 1 + random.nextInt(BLOCK_BYTES);
      checksum.update(block, 0, length);
      channel.write(ByteBuffer.wrap(block, 0, length));
      sent += length;
    }
    channel.shutdownOutput();
    return new Sum(sent, checksum.getValue());
  }

  private Sum receive() throws IOException {
    CRC32C checksum = new CRC32C();
    byte[] block = new byte[BLOCK_BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(block);
    long received = 0;
    for (int count = channel.read(buffer); count >= 0; count = channel.read(buffer.clear())) {
      checksum.update(block, 0, count);
      received += count;
      moved.add(count);
    }
    return new Sum(received, checksum.getValue());
  }
}
