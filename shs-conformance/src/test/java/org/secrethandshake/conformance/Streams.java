package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.IntUnaryOperator;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.boxstream.Unboxer;

/** Box streams over byte arrays. */
public final class Streams {
  private Streams() {}

  /** Boxes one write; the packets that it becomes. */
  public static byte[] box(Boxer boxer, byte[] write) {
    int packets = (write.length + Boxer.MAX_BODY_BYTES - 1) / Boxer.MAX_BODY_BYTES;
    ByteBuffer wire = ByteBuffer.allocate(write.length + packets * Boxer.packetBytes(0));
    assertEquals(packets, boxer.box(ByteBuffer.wrap(write), wire));
    assertEquals(0, wire.remaining());
    return wire.array();
  }

  public static byte[] goodbye(Boxer boxer) {
    byte[] goodbye = new byte[Boxer.GOODBYE_BYTES];
    boxer.goodbye(ByteBuffer.wrap(goodbye));
    return goodbye;
  }

  /**
   * Feeds a stream piece by piece, the end of input after it, and collects what is delivered.
   *
   * @param pieces gives the length of each piece from its number
   * @throws BoxStreamException unless the stream ends with its goodbye
   */
  public static void unbox(
      Unboxer unboxer, byte[] stream, IntUnaryOperator pieces, ByteArrayOutputStream plaintext)
      throws BoxStreamException {
    Unboxer.Result result = Unboxer.Result.NEED_INPUT;
    int offset = 0;
    for (int piece = 0; offset < stream.length && result != Unboxer.Result.GOODBYE; piece++) {
      int length = Math.min(pieces.applyAsInt(piece), stream.length - offset);
      result = unboxAll(unboxer, ByteBuffer.wrap(stream, offset, length), plaintext);
      offset += length;
    }
    unboxer.endOfInput();
  }

  private static Unboxer.Result unboxAll(
      Unboxer unboxer, ByteBuffer src, ByteArrayOutputStream plaintext) throws BoxStreamException {
    ByteBuffer dst = ByteBuffer.allocate(Unboxer.MAX_BODY_BYTES);
    while (true) {
      Unboxer.Result result = unboxer.unbox(src, dst.clear());
      plaintext.write(dst.array(), 0, dst.position());
      if (result != Unboxer.Result.BODY) {
        return result;
      }
    }
  }
}
