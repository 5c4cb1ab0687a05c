package org.secrethandshake.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.spi.SecretBox;

/**
 * Packets of a peer that holds the keys and puts into headers and bodies whatever it likes: lengths
 * that are none, tags that belong to nothing, goodbyes that are almost one.
 */
class PacketContentsFuzzTest {
  private static final Formulas F = Cast.FORMULAS;
  private static final int MOST_PACKETS = 6;
  private static final int LENGTH_BYTES = 2;
  private static final int[] LIMITS = {
    Unboxer.MAX_BODY_BYTES, Unboxer.MAX_BODY_BYTES + 1, Unboxer.MAX_ANNOUNCED_BYTES
  };

  static Stream<byte[]> seeds() {
    byte[] reader = {0, (byte) 0xff, (byte) 0xff, (byte) 0xff};
    byte[] body = {1, 0, 5, 'h', 'e', 'l', 'l', 'o', 0};
    byte[] empty = {1, 0, 0, 0};
    byte[] longest = {1, 0x10, 0x00, 0};
    byte[] tooLong = {1, 0x10, 0x01, 0};
    byte[] goodbye = {0};
    byte[] almostGoodbye = new byte[1 + LENGTH_BYTES + SecretBox.TAG_BYTES];
    almostGoodbye[0] = 2;
    almostGoodbye[almostGoodbye.length - 1] = 1;
    byte[] altered = {1, 0, 1, 'x', 1};
    return Stream.of(
            new byte[][] {body, goodbye},
            new byte[][] {empty, body, goodbye},
            new byte[][] {longest, goodbye},
            new byte[][] {tooLong, goodbye},
            new byte[][] {body, almostGoodbye},
            new byte[][] {altered, goodbye})
        .map(
            packets ->
                Input.concat(reader, new byte[] {(byte) packets.length}, Input.concat(packets)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void areOpenedToWhatTheirHeadersAnnounce(byte[] bytes) {
    Input input = new Input(bytes);
    int limit = LIMITS[input.upTo(LIMITS.length - 1)];
    int pieceBytes = 1 + input.upTo(0xffff);
    int roomBytes = input.upTo(0xff);
    FaultyPeer peer = new FaultyPeer(limit);
    for (int left = input.upTo(MOST_PACKETS); left > 0; left--) {
      peer.sendPacket(input);
    }

    Reading reading =
        Reading.of(
            KeyedStream.OURS.unboxer(limit), peer.stream.toByteArray(), pieceBytes, roomBytes);

    assertEquals(peer.expected, reading.outcome());
    assertArrayEquals(peer.saying.toByteArray(), reading.delivered());
  }

  /** Makes packets, and knows what has to come of them. */
  private static final class FaultyPeer {
    private final int limit;
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private final ByteArrayOutputStream saying = new ByteArrayOutputStream();
    private String expected = "TRUNCATED";
    private boolean over;
    private int boxes;

    private FaultyPeer(int limit) {
      this.limit = limit;
    }

    private void sendPacket(Input input) {
      switch (input.upTo(2)) {
        case 0 -> sendHeader(new byte[LENGTH_BYTES + SecretBox.TAG_BYTES]);
        case 1 -> sendBody(input);
        default -> sendHeader(input.bytes(LENGTH_BYTES + SecretBox.TAG_BYTES));
      }
    }

    /** A body that is announced as it is, and perhaps altered then. */
    private void sendBody(Input input) {
      byte[] body = new byte[input.upTo(0xffff)];
      byte[] beginning = input.bytes(Math.min(body.length, Byte.SIZE));
      System.arraycopy(beginning, 0, body, 0, beginning.length);
      boolean altered = input.flag() && body.length > 0;
      byte[] box = F.box(KeyedStream.OURS.key(), KeyedStream.OURS.nonce(boxes + 1), body);
      byte[] header =
          ByteBuffer.allocate(LENGTH_BYTES + SecretBox.TAG_BYTES)
              .putShort((short) body.length)
              .put(box, 0, SecretBox.TAG_BYTES)
              .array();
      byte[] sealed = Arrays.copyOfRange(box, SecretBox.TAG_BYTES, box.length);
      if (altered) {
        sealed[sealed.length - 1] ^= 1;
      }
      sendBoxed(header);
      stream.writeBytes(sealed);
      boxes++;
      if (body.length > limit) {
        end("TOO_LONG");
      } else if (altered) {
        end("BAD_BODY");
      } else if (!over) {
        saying.writeBytes(body);
      }
    }

    /** A header that announces anything, and as many bytes of nothing behind it. */
    private void sendHeader(byte[] header) {
      sendBoxed(header);
      int length = Short.toUnsignedInt(ByteBuffer.wrap(header).getShort());
      if (Arrays.equals(header, new byte[header.length])) {
        end(Reading.CLEAN);
        return;
      }
      stream.writeBytes(new byte[length]);
      boxes++;
      end(length > limit ? "TOO_LONG" : "BAD_BODY");
    }

    private void sendBoxed(byte[] header) {
      stream.writeBytes(F.box(KeyedStream.OURS.key(), KeyedStream.OURS.nonce(boxes), header));
      boxes++;
    }

    private void end(String outcome) {
      if (!over) {
        over = true;
        expected = outcome;
      }
    }
  }
}
