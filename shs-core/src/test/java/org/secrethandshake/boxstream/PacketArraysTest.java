package org.secrethandshake.boxstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.secrethandshake.boxstream.Unboxer.Result;

/**
 * An unboxer holds an array for a long packet while it holds the packet, and gives it back wiped.
 */
class PacketArraysTest {
  private static final int LONG = 4096;

  private final byte[] marked = new byte[PacketArrays.BYTES];
  private final ByteBuffer plaintext = ByteBuffer.allocate(LONG);
  private final ByteBuffer wire =
      ByteBuffer.wrap(Streams.boxed(Streams.boxer(), Streams.pattern(LONG)));

  /** Only one array is free. */
  @BeforeEach
  void leaveOneArray() {
    for (int i = 0; i < 1000; i++) {
      PacketArrays.borrow();
    }
    PacketArrays.giveBack(marked, 0);
  }

  @Test
  void anUnboxerRestsWithoutAnArrayAndWithoutItsPlaintext() throws Exception {
    Unboxer unboxer = Streams.unboxer();
    assertEquals(Result.BODY, unboxer.unbox(wire, plaintext));
    assertNotSame(marked, PacketArrays.borrow(), "the packet is still in it");
    assertEquals(Result.NEED_INPUT, unboxer.unbox(wire, plaintext));
    assertSame(marked, PacketArrays.borrow());
    assertArrayEquals(new byte[PacketArrays.BYTES], marked);
  }

  @Test
  void anUnboxerThatIsClosedWithinAPacketLeavesNoPlaintext() throws Exception {
    Unboxer unboxer = Streams.unboxer();
    assertEquals(Result.BODY, unboxer.unbox(wire, ByteBuffer.allocate(1)));
    unboxer.close();
    assertArrayEquals(new byte[PacketArrays.BYTES], marked);
  }

  @Test
  void anUnboxerThatNeedsALongerArrayLeavesNoPlaintextInTheFirst() throws Exception {
    Unboxer unboxer = Streams.unboxer(Unboxer.MAX_ANNOUNCED_BYTES);
    byte[] longer = Streams.forgedBehind(1, LONG + 1, Streams.pattern(LONG + 1));
    ByteBuffer both = ByteBuffer.allocate(wire.remaining() + longer.length).put(wire).put(longer);
    assertEquals(Result.BODY, unboxer.unbox(both.flip(), plaintext));
    assertEquals(LONG, plaintext.position());
    assertEquals(Result.NEED_SPACE, unboxer.unbox(both, plaintext));
    assertArrayEquals(new byte[PacketArrays.BYTES], marked);
  }

  @Test
  void anArrayOfAnotherLengthIsOnlyWiped() {
    PacketArrays.borrow();
    byte[] longer = {1, 2, 3};
    PacketArrays.giveBack(longer, 2);
    assertArrayEquals(new byte[] {0, 0, 3}, longer);
    assertEquals(PacketArrays.BYTES, PacketArrays.borrow().length);
  }
}
