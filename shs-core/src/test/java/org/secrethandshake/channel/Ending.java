package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.secrethandshake.BoxStreamException;

/**
 * How a stream ended for its reader.
 *
 * @param length how many bytes came before the end
 * @param goodbye whether it ended with an authenticated goodbye; otherwise it was cut
 */
record Ending(long length, boolean goodbye) {
  /** Reads to the end. Any end but a goodbye and a cut is an error of the test. */
  static Ending of(SecretChannel channel) throws IOException {
    ByteBuffer dropped = ByteBuffer.allocate(64 * 1024);
    long length = 0;
    try {
      for (int count = 0; count >= 0; count = channel.read(dropped.clear())) {
        length += count;
      }
      return new Ending(length, true);
    } catch (BoxStreamException cut) {
      assertEquals(BoxStreamException.Reason.TRUNCATED, cut.reason());
      return new Ending(length, false);
    }
  }
}
