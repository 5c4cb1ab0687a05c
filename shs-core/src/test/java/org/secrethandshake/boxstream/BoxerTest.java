package org.secrethandshake.boxstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoxerTest {
  private final Boxer boxer = Streams.boxer();

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "4095, 1", "4096, 1", "4097, 2", "8192, 2", "8193, 3"})
  void splitsAtTheLongestBody(int length, int packets) {
    ByteBuffer dst = ByteBuffer.allocate(length + packets * 34);
    assertEquals(packets, boxer.box(ByteBuffer.wrap(Streams.pattern(length)), dst));
    assertEquals(length + packets * 34, dst.position());
  }

  @Test
  void writesOnlyWholePacketsAndKeepsTheRest() {
    ByteBuffer src = ByteBuffer.wrap(Streams.pattern(5000));
    ByteBuffer dst = ByteBuffer.allocate(Boxer.packetBytes(4096) + 900);
    assertEquals(1, boxer.box(src, dst));
    assertEquals(904, src.remaining());
    assertEquals(0, boxer.box(src, dst));
    assertEquals(904, src.remaining());
  }

  @Test
  void makesTheSameBytesInDirectAndHeapBuffersAtAnyOffset() {
    byte[] plaintext = Streams.pattern(6000);
    byte[] expected = Streams.boxed(Streams.boxer(), plaintext);
    ByteBuffer direct = ByteBuffer.allocateDirect(7000);
    Streams.boxer().box(ByteBuffer.wrap(plaintext).asReadOnlyBuffer(), direct);
    assertArrayEquals(expected, Streams.taken(direct));
    ByteBuffer slice = ByteBuffer.allocate(7000).position(13).slice().position(5);
    Streams.boxer().box(ByteBuffer.wrap(plaintext), slice);
    slice.flip().position(5);
    byte[] bytes = new byte[slice.remaining()];
    slice.get(bytes);
    assertArrayEquals(expected, bytes);
  }

  @Test
  void boxesNothingAfterItsGoodbye() {
    Streams.goodbye(boxer);
    assertMisuse("goodbye is written", () -> Streams.boxed(boxer, new byte[1]));
    assertMisuse("goodbye is written", () -> Streams.goodbye(boxer));
  }

  @Test
  void keepsItsGoodbyeWhenThereIsNoRoom() {
    assertThrows(BufferOverflowException.class, () -> boxer.goodbye(ByteBuffer.allocate(33)));
    assertEquals(34, Streams.goodbye(boxer).length);
  }

  @Test
  void boxesNothingWhenClosed() {
    boxer.close();
    boxer.close();
    assertMisuse("boxer is closed", () -> Streams.boxed(boxer, new byte[1]));
  }

  @Test
  void refusesOverlappingAndReadOnlyBuffers() {
    byte[] array = new byte[100];
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> boxer.box(ByteBuffer.wrap(array, 0, 50), ByteBuffer.wrap(array, 49, 51)))
            .getMessage();
    assertTrue(message.contains("overlap"), message);
    assertEquals(1, boxer.box(ByteBuffer.wrap(array, 0, 10), ByteBuffer.wrap(array, 10, 90)));
    assertThrows(
        ReadOnlyBufferException.class,
        () -> boxer.box(ByteBuffer.allocate(1), ByteBuffer.allocate(99).asReadOnlyBuffer()));
  }

  @ParameterizedTest
  @CsvSource({"0, 20, 20, 80", "80, 20, 0, 80", "0, 100, 100, 0"})
  void takesRangesOfOneArrayThatOnlyTouch(int src, int srcBytes, int dst, int dstBytes) {
    byte[] array = new byte[120];
    assertDoesNotThrow(() -> boxer.box(range(array, src, srcBytes), range(array, dst, dstBytes)));
  }

  @ParameterizedTest
  @CsvSource({"0, 21, 20, 80", "79, 20, 0, 80", "30, 1, 0, 100", "0, 100, 99, 1"})
  void refusesRangesOfOneArrayThatShareAByte(int src, int srcBytes, int dst, int dstBytes) {
    byte[] array = new byte[120];
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> boxer.box(range(array, src, srcBytes), range(array, dst, dstBytes)));
    assertEquals("source and destination overlap", refusal.getMessage());
  }

  /** Half of the offset is the buffer's in its array, half its position. */
  private static ByteBuffer range(byte[] array, int offset, int length) {
    int half = offset / 2;
    ByteBuffer slice = ByteBuffer.wrap(array).slice(half, array.length - half);
    return slice.position(offset - half).limit(offset - half + length);
  }

  /** A nonce that a lost packet had used would end the peer's stream. */
  @Test
  void usesNoNonceForABufferThatCannotBeWritten() {
    ByteBuffer readOnly = ByteBuffer.allocate(99).asReadOnlyBuffer();
    ByteBuffer src = ByteBuffer.wrap(new byte[] {1});
    assertThrows(ReadOnlyBufferException.class, () -> boxer.box(src, readOnly));
    assertEquals(1, src.remaining());
    assertThrows(ReadOnlyBufferException.class, () -> boxer.goodbye(readOnly));
    assertArrayEquals(
        Streams.boxed(Streams.boxer(), new byte[] {2}), Streams.boxed(boxer, new byte[] {2}));
  }

  @Test
  void needsAKeyAndANonceOfTheRightLengths() {
    assertEquals(
        "key must be 32 bytes long, but has 31",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Boxer(Streams.CRYPTO, new byte[31], new byte[24]))
            .getMessage());
    assertEquals(
        "nonce must be 24 bytes long, but has 25",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Boxer(Streams.CRYPTO, new byte[32], new byte[25]))
            .getMessage());
  }

  private static void assertMisuse(String part, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalStateException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
