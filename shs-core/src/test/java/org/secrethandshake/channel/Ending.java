package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.BoxStreamException.Reason;

/**
 * How a stream ended for its reader.
 *
 * @param length how many bytes came before the end
 * @param goodbye whether it ended with an authenticated goodbye; otherwise it was cut
 */
record Ending(long length, boolean goodbye) {
  /** Reads to the end. Any end but a goodbye and a cut is an error of the test. */
  static Ending of(SecretChannel channel) throws IOException {
    return of(channel, EnumSet.of(Reason.TRUNCATED));
  }

  /** The same where bytes of ours may lie unread at the peer: its socket resets the connection. */
  static Ending orReset(SecretChannel channel) throws IOException {
    return of(channel, EnumSet.of(Reason.TRUNCATED, Reason.TRANSPORT));
  }

  private static Ending of(SecretChannel channel, Set<Reason> cuts) throws IOException {
    ByteBuffer dropped = ByteBuffer.allocate(64 * 1024);
    long length = 0;
    try {
      for (int count = 0; count >= 0; count = channel.read(dropped.clear())) {
        length += count;
      }
      return new Ending(length, true);
    } catch (BoxStreamException cut) {
      assertTrue(cuts.contains(cut.reason()), cut::toString);
      return new Ending(length, false);
    }
  }
}
