package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.secrethandshake.channel.SecretChannel;

/** What our side does with a channel to the reference, and how the two sides' reports compare. */
final class Transfer {
  static final int BYTES = 1 << 20;

  static final byte[] PATTERN = Pattern.bytes(BYTES);
  private static final String PATTERN_SHA256 = Pattern.sha256(PATTERN);
  private static final long SECONDS = 60;

  private Transfer() {}

  /** Writes 1 MiB in writes of odd sizes and our goodbye; reads to the other's meanwhile. */
  static byte[] bothWays(SecretChannel channel)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> readAll(channel));
    write(channel);
    return received.get(SECONDS, TimeUnit.SECONDS);
  }

  /** Says goodbye at once, and reads all that comes after it. */
  static byte[] goodbyeThenRead(SecretChannel channel) throws IOException {
    channel.shutdownOutput();
    return channel.inputStream().readAllBytes();
  }

  /** Reads to the other's goodbye, and only then writes 1 MiB and our goodbye. */
  static byte[] readThenWrite(SecretChannel channel) throws IOException {
    byte[] received = channel.inputStream().readAllBytes();
    write(channel);
    return received;
  }

  private static void write(SecretChannel channel) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(PATTERN);
    for (int length : Pattern.oddWrites(BYTES)) {
      channel.write(left.slice(left.position(), length));
      left.position(left.position() + length);
    }
    channel.shutdownOutput();
  }

  private static byte[] readAll(SecretChannel channel) {
    try {
      return channel.inputStream().readAllBytes();
    } catch (IOException e) {
      throw new AssertionError("the reference's stream did not end with its goodbye", e);
    }
  }

  /** Checks that 1 MiB reached us. */
  static void assertArrived(byte[] received) {
    assertEquals(BYTES, received.length);
    assertEquals(PATTERN_SHA256, Pattern.sha256(received));
  }

  /** Checks the reference's report: this many bytes each way, and both goodbyes. */
  static void assertClean(ReferencePeer.Event end, int sent, int received) {
    assertNull(end.message());
    assertTrue(end.clean());
    assertEquals(Pattern.sha256(Pattern.bytes(sent)), end.sentSha256());
    assertEquals(Pattern.sha256(Pattern.bytes(received)), end.receivedSha256());
    assertEquals(sent, end.sent());
    assertEquals(received, end.received());
  }
}
