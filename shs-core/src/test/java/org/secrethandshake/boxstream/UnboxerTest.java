package org.secrethandshake.boxstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.BoxStreamException.Reason;
import org.secrethandshake.boxstream.Unboxer.Result;

class UnboxerTest {
  private final Boxer boxer = Streams.boxer();
  private final Unboxer unboxer = Streams.unboxer();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 4095, 4096, 4097, 8192, 10_000})
  void opensWhatWasBoxedInPiecesOfAnySize(int length) throws Exception {
    byte[] plaintext = Streams.pattern(length);
    byte[] wire = concat(Streams.boxed(Streams.boxer(), plaintext), new byte[0]);
    for (int piece : new int[] {1, 33, 34, 35, 4096, wire.length}) {
      Unboxer fresh = Streams.unboxer();
      ByteBuffer dst = ByteBuffer.allocate(length);
      for (int at = 0; at < wire.length; at += piece) {
        ByteBuffer src = ByteBuffer.wrap(wire, at, Math.min(piece, wire.length - at));
        Result result = fresh.unbox(src, dst);
        while (result == Result.BODY) {
          result = fresh.unbox(src, dst);
        }
        assertEquals(Result.NEED_INPUT, result);
      }
      assertArrayEquals(plaintext, dst.array());
    }
  }

  @Test
  void refusesEveryFlippedBitOfASmallPacket() {
    byte[] packet = Streams.boxed(boxer, Streams.pattern(40));
    for (int bit = 0; bit < packet.length * Byte.SIZE; bit++) {
      byte[] altered = packet.clone();
      altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertRefused(altered, bit / Byte.SIZE);
    }
  }

  @Test
  void refusesEveryAlteredByteOfALongPacket() {
    byte[] packet = Streams.boxed(boxer, Streams.pattern(4096));
    for (int at = 0; at < packet.length; at++) {
      byte[] altered = packet.clone();
      altered[at] ^= 0x40;
      assertRefused(altered, at);
    }
  }

  private static void assertRefused(byte[] altered, int at) {
    ByteBuffer dst = ByteBuffer.allocate(5000);
    Unboxer fresh = Streams.unboxer();
    BoxStreamException refusal =
        assertThrows(
            BoxStreamException.class, () -> fresh.unbox(ByteBuffer.wrap(altered), dst), "at " + at);
    assertEquals(at < 34 ? Reason.BAD_HEADER : Reason.BAD_BODY, refusal.reason(), "at " + at);
    assertEquals(0, dst.position(), "nothing of it was delivered");
  }

  @Test
  void repeatsItsFirstError() {
    BoxStreamException first =
        assertThrows(
            BoxStreamException.class,
            () -> unboxer.unbox(ByteBuffer.allocate(34), ByteBuffer.allocate(1)));
    byte[] good = Streams.boxed(boxer, new byte[] {1});
    assertRepeated(first, () -> unboxer.unbox(ByteBuffer.wrap(good), ByteBuffer.allocate(1)));
    assertRepeated(first, unboxer::endOfInput);
  }

  private static void assertRepeated(
      BoxStreamException first, org.junit.jupiter.api.function.Executable call) {
    BoxStreamException again = assertThrows(BoxStreamException.class, call);
    assertEquals(first.reason(), again.reason());
    assertEquals(first.getMessage(), again.getMessage());
    assertSame(first, again.getCause());
    first.addSuppressed(again);
  }

  @Test
  void refusesReorderedPackets() {
    byte[] first = Streams.boxed(boxer, new byte[] {1});
    byte[] second = Streams.boxed(boxer, new byte[] {2});
    BoxStreamException refusal =
        assertThrows(
            BoxStreamException.class,
            () -> unboxer.unbox(ByteBuffer.wrap(concat(second, first)), ByteBuffer.allocate(9)));
    assertEquals(Reason.BAD_HEADER, refusal.reason());
  }

  @Test
  void refusesABodyThatIsTooLongRightAfterItsHeader() {
    byte[] header = new byte[34];
    System.arraycopy(Streams.forged(4097, new byte[4097]), 0, header, 0, 34);
    BoxStreamException refusal =
        assertThrows(
            BoxStreamException.class,
            () -> unboxer.unbox(ByteBuffer.wrap(header), ByteBuffer.allocate(1)));
    assertEquals(Reason.TOO_LONG, refusal.reason());
    assertTrue(refusal.getMessage().contains("4097"), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {4097, 65_535})
  void receivesLongerBodiesWhenAskedTo(int length) throws Exception {
    byte[] body = Streams.pattern(length);
    ByteBuffer dst = ByteBuffer.allocate(length);
    Unboxer generous = Streams.unboxer(65_535);
    assertEquals(Result.BODY, generous.unbox(ByteBuffer.wrap(Streams.forged(length, body)), dst));
    assertArrayEquals(body, dst.array());
  }

  @Test
  void deliversNothingForAnEmptyBodyAndGoesOn() throws Exception {
    byte[] empty = Streams.forged(0, new byte[0]);
    assertEquals(Result.NEED_INPUT, unboxer.unbox(ByteBuffer.wrap(empty), ByteBuffer.allocate(9)));
    Streams.boxed(boxer, new byte[] {9});
    ByteBuffer dst = ByteBuffer.allocate(9);
    byte[] next = Streams.boxed(boxer, new byte[] {7});
    assertEquals(Result.BODY, unboxer.unbox(ByteBuffer.wrap(next), dst));
    assertEquals(7, dst.get(0));
  }

  @Test
  void deliversAsMuchAsFitsAndKeepsTheRest() throws Exception {
    ByteBuffer wire = ByteBuffer.wrap(Streams.boxed(boxer, Streams.pattern(10)));
    ByteBuffer dst = ByteBuffer.allocate(6);
    assertEquals(Result.BODY, unboxer.unbox(wire, dst));
    assertEquals(Result.NEED_SPACE, unboxer.unbox(wire, dst));
    assertThrows(IllegalStateException.class, unboxer::endOfInput);
    assertEquals(Result.BODY, unboxer.unbox(wire, dst.clear()));
    assertEquals(4, dst.position());
    assertEquals(Result.NEED_INPUT, unboxer.unbox(wire, dst));
  }

  @Test
  void endsWithTheGoodbyeAndLeavesWhatFollows() throws Exception {
    ByteBuffer wire = ByteBuffer.wrap(concat(Streams.goodbye(boxer), new byte[5]));
    assertEquals(Result.GOODBYE, unboxer.unbox(wire, ByteBuffer.allocate(9)));
    assertEquals(Result.GOODBYE, unboxer.unbox(wire, ByteBuffer.allocate(9)));
    assertEquals(5, wire.remaining());
    unboxer.endOfInput();
  }

  @Test
  void endsWithTheGoodbyeBehindPackets() throws Exception {
    ByteBuffer wire =
        ByteBuffer.wrap(concat(Streams.boxed(boxer, Streams.pattern(50)), Streams.goodbye(boxer)));
    ByteBuffer dst = ByteBuffer.allocate(50);
    assertEquals(Result.BODY, unboxer.unbox(wire, dst));
    assertEquals(Result.GOODBYE, unboxer.unbox(wire, dst));
    unboxer.endOfInput();
  }

  @Test
  void callsACutAtAnyByteTruncated() throws Exception {
    byte[] wire = concat(Streams.boxed(boxer, Streams.pattern(50)), Streams.goodbye(boxer));
    for (int cut = 0; cut < wire.length; cut++) {
      Unboxer fresh = Streams.unboxer();
      ByteBuffer src = ByteBuffer.wrap(wire, 0, cut);
      ByteBuffer dst = ByteBuffer.allocate(100);
      Result result = fresh.unbox(src, dst);
      if (result == Result.BODY) {
        result = fresh.unbox(src, dst);
      }
      assertEquals(Result.NEED_INPUT, result, "cut at " + cut);
      BoxStreamException error = assertThrows(BoxStreamException.class, fresh::endOfInput);
      assertEquals(Reason.TRUNCATED, error.reason(), "cut at " + cut);
    }
  }

  @Test
  void opensNothingWhenClosed() {
    unboxer.close();
    unboxer.close();
    String message =
        assertThrows(
                IllegalStateException.class,
                () -> unboxer.unbox(ByteBuffer.allocate(1), ByteBuffer.allocate(1)))
            .getMessage();
    assertTrue(message.contains("unboxer is closed"), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 4095, 65_536})
  void refusesAnImpossibleLimit(int limit) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Streams.unboxer(limit)).getMessage();
    assertTrue(message.contains("4096 to 65535"), message);
  }

  private static byte[] concat(byte[] left, byte[] right) {
    return ByteBuffer.allocate(left.length + right.length).put(left).put(right).array();
  }
}
