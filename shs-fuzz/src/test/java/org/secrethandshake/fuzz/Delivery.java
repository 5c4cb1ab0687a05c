package org.secrethandshake.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.Handshake.Step;

/**
 * Bytes on their way to a handshake, in pieces of one length, of which each message may take the
 * last one in part only. Checks with every piece what {@link Handshake#receive} promises.
 */
final class Delivery {
  private final byte[] bytes;
  private final int pieceBytes;
  private int position;

  private Delivery(byte[] bytes, int pieceBytes) {
    this.bytes = bytes;
    this.pieceBytes = pieceBytes;
  }

  /** The length of the pieces, 0 for one piece, and then the bytes. */
  static Delivery of(Input input) {
    int pieceBytes = input.upTo(0xff);
    byte[] bytes = input.rest();
    return new Delivery(bytes, pieceBytes == 0 ? bytes.length : pieceBytes);
  }

  static Delivery whole(byte[] bytes) {
    return new Delivery(bytes, bytes.length);
  }

  /** Returns the message that a handshake has ready. */
  static byte[] sent(Handshake handshake) {
    byte[] message = new byte[handshake.bytesToSend()];
    handshake.send(ByteBuffer.wrap(message));
    return message;
  }

  /**
   * Delivers one message, or what is left of the bytes.
   *
   * @return whether the message was completed and taken
   */
  boolean message(Handshake to) throws HandshakeException {
    int start = position;
    int length = to.bytesNeeded();
    while (position < bytes.length) {
      int end = Math.min(bytes.length, position + pieceBytes);
      ByteBuffer piece = ByteBuffer.wrap(bytes, position, end - position);
      int needed = to.bytesNeeded();
      int taken = Math.min(needed, piece.remaining());
      position += taken;
      boolean complete = to.receive(piece);
      assertEquals(taken == needed, complete);
      assertEquals(position, piece.position());
      if (complete) {
        return true;
      }
      assertEquals(length - (position - start), to.bytesNeeded());
      assertFalse(to.receive(ByteBuffer.allocate(0)), "nothing does not complete a message");
    }
    assertEquals(Step.RECEIVE, to.step());
    return false;
  }

  /**
   * Delivers one message, which must be taken if it is the honest one, and for which there is just
   * one reason if it is another.
   *
   * @return whether there is more to do: the message was complete, and honest
   */
  boolean honestMessage(byte[] honest, Reason otherwise, Handshake to) {
    int start = position;
    try {
      if (!message(to)) {
        return false;
      }
      assertArrayEquals(honest, Arrays.copyOfRange(bytes, start, position));
      return true;
    } catch (HandshakeException e) {
      assertEquals(otherwise, e.reason());
      assertFalse(Arrays.equals(honest, Arrays.copyOfRange(bytes, start, position)));
      assertDead(to);
      return false;
    }
  }

  /** Checks that nothing can be done with a handshake any more. */
  static void assertDead(Handshake handshake) {
    assertEquals(Step.FAILED, handshake.step());
    assertEquals(0, handshake.bytesNeeded());
    assertEquals(0, handshake.bytesToSend());
    assertThrows(IllegalStateException.class, () -> handshake.send(ByteBuffer.allocate(0)));
    assertThrows(IllegalStateException.class, () -> handshake.receive(ByteBuffer.allocate(0)));
    assertThrows(IllegalStateException.class, handshake::finish);
    assertTrue(handshake.toString().contains("failed"));
  }
}
