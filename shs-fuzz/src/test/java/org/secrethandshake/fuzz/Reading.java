package org.secrethandshake.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.boxstream.Unboxer.Result;

/**
 * What an unboxer made of a whole stream. Reading checks with every call what {@link Unboxer#unbox}
 * promises, and that an error stays.
 *
 * @param outcome the reason of the error, or {@link #CLEAN}
 * @param delivered all that was delivered before
 */
record Reading(String outcome, byte[] delivered) {
  static final String CLEAN = "clean";

  /**
   * Reads a stream to its end, or to an error, and closes the unboxer.
   *
   * @param pieceBytes the longest piece of input
   * @param roomBytes the room for output; with 0 there is none at first, and then one byte
   */
  static Reading of(Unboxer unboxer, byte[] stream, int pieceBytes, int roomBytes) {
    ByteArrayOutputStream delivered = new ByteArrayOutputStream();
    try (unboxer) {
      return new Reading(
          read(unboxer, stream, pieceBytes, roomBytes, delivered), delivered.toByteArray());
    }
  }

  private static String read(
      Unboxer unboxer,
      byte[] stream,
      int pieceBytes,
      int roomBytes,
      ByteArrayOutputStream delivered) {
    try {
      int position = 0;
      boolean over = false;
      while (position < stream.length && !over) {
        int length = Math.min(pieceBytes, stream.length - position);
        ByteBuffer piece = ByteBuffer.wrap(stream, position, length);
        over = unbox(unboxer, piece, roomBytes, delivered) == Result.GOODBYE;
        assertTrue(over || !piece.hasRemaining());
        position += length;
      }
      unboxer.endOfInput();
      assertTrue(over, "an end is clean only behind a goodbye");
      ByteBuffer more = ByteBuffer.allocate(1);
      assertEquals(Result.GOODBYE, unboxer.unbox(more, more));
      assertEquals(1, more.remaining(), "input after a goodbye is left alone");
      return CLEAN;
    } catch (BoxStreamException e) {
      assertSticky(e, unboxer);
      return e.reason().name();
    }
  }

  /** Takes a piece of input, and all that can be delivered then. */
  private static Result unbox(
      Unboxer unboxer, ByteBuffer piece, int roomBytes, ByteArrayOutputStream delivered)
      throws BoxStreamException {
    ByteBuffer room = ByteBuffer.allocate(roomBytes);
    while (true) {
      Result result = unboxer.unbox(piece, room.clear());
      delivered.write(room.array(), 0, room.position());
      assertEquals(result == Result.BODY, room.position() > 0);
      if (result == Result.NEED_SPACE) {
        assertFalse(room.hasRemaining());
        assertThrows(IllegalStateException.class, unboxer::endOfInput);
        room = ByteBuffer.allocate(1);
      } else if (result != Result.BODY) {
        return result;
      }
    }
  }

  private static void assertSticky(BoxStreamException first, Unboxer unboxer) {
    ByteBuffer more = ByteBuffer.allocate(Unboxer.MAX_BODY_BYTES);
    BoxStreamException again =
        assertThrows(BoxStreamException.class, () -> unboxer.unbox(more, more));
    assertSame(first, again.getCause());
    assertEquals(first.reason(), again.reason());
    assertSame(first, assertThrows(BoxStreamException.class, unboxer::endOfInput).getCause());
  }
}
