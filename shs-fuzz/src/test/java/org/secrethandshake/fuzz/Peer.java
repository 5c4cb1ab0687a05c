package org.secrethandshake.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.boxstream.Unboxer.Result;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;

/**
 * An honest peer: it makes its handshake, writes what it has to say, says goodbye, and reads until
 * the other says goodbye or something is wrong.
 */
final class Peer implements AutoCloseable {
  /** The outcome of one that heard the other's goodbye. */
  static final String CLEAN = "clean";

  /** The outcome of one whose handshake was not finished when nothing came any more. */
  static final String CUT = "cut in the handshake";

  private final Handshake handshake;
  private final byte[] says;
  private final Wire out;
  private final Wire in;
  private final int pieceBytes;
  private final ByteBuffer room;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private Unboxer unboxer;
  private String outcome = "";

  /**
   * Creates a peer.
   *
   * @param pieceBytes the longest piece in which it reads
   */
  Peer(Handshake handshake, byte[] says, Wire out, Wire in, int pieceBytes) {
    this.handshake = handshake;
    this.says = says;
    this.out = out;
    this.in = in;
    this.pieceBytes = pieceBytes;
    this.room = ByteBuffer.allocate(pieceBytes);
  }

  /** Does what can be done now; whether that was anything. */
  boolean advance() {
    if (!outcome.isEmpty()) {
      return false;
    }
    if (unboxer != null) {
      return in.hasNext() && read();
    }
    switch (handshake.step()) {
      case SEND -> out.send(Delivery.sent(handshake));
      case RECEIVE -> {
        return in.hasNext() && receive();
      }
      case AUTHORIZE -> ((ServerHandshake) handshake).accept();
      case DONE -> talk();
      default -> throw new AssertionError("a living handshake is in step " + handshake.step());
    }
    return true;
  }

  private boolean receive() {
    ByteBuffer piece = in.next(pieceBytes);
    try {
      handshake.receive(piece);
      in.back(piece);
    } catch (HandshakeException e) {
      Delivery.assertDead(handshake);
      outcome = e.reason().name();
    }
    return true;
  }

  private void talk() {
    try (Session session = handshake.finish();
        Boxer boxer = session.boxer()) {
      unboxer = session.unboxer();
      int packets = (says.length + Boxer.MAX_BODY_BYTES - 1) / Boxer.MAX_BODY_BYTES;
      ByteBuffer stream =
          ByteBuffer.allocate(says.length + packets * Boxer.packetBytes(0) + Boxer.GOODBYE_BYTES);
      assertEquals(packets, boxer.box(ByteBuffer.wrap(says), stream));
      boxer.goodbye(stream);
      assertEquals(0, stream.remaining());
      out.send(stream.array());
    }
  }

  private boolean read() {
    ByteBuffer piece = in.next(pieceBytes);
    try {
      Result result;
      do {
        result = unboxer.unbox(piece, room.clear());
        heard.write(room.array(), 0, room.position());
      } while (result == Result.BODY);
      in.back(piece);
      if (result == Result.GOODBYE) {
        unboxer.endOfInput();
        outcome = CLEAN;
      }
    } catch (BoxStreamException e) {
      fail(e);
    }
    return true;
  }

  /** Nothing comes any more. */
  void end() {
    if (!outcome.isEmpty()) {
      return;
    }
    if (unboxer == null) {
      outcome = CUT;
      return;
    }
    fail(assertThrows(BoxStreamException.class, unboxer::endOfInput));
  }

  private void fail(BoxStreamException first) {
    outcome = first.reason().name();
    ByteBuffer any = ByteBuffer.allocate(Boxer.GOODBYE_BYTES);
    assertSame(
        first, assertThrows(BoxStreamException.class, () -> unboxer.unbox(any, any)).getCause());
    assertSame(first, assertThrows(BoxStreamException.class, unboxer::endOfInput).getCause());
  }

  /** How it ended. */
  String outcome() {
    return outcome;
  }

  /** Whether the handshake was finished. */
  boolean hasTalked() {
    return unboxer != null;
  }

  byte[] heard() {
    return heard.toByteArray();
  }

  @Override
  public void close() {
    handshake.close();
    if (unboxer != null) {
      unboxer.close();
    }
  }
}
