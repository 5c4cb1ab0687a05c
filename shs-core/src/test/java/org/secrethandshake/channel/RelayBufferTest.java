package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayBufferTest {
  private static final int LITTLE = 4 * 1024;
  private static final int MUCH = 64 * 1024;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void growsWhenAReadFillsItAndShrinksWhenBytesComeSlowly(boolean arrays) {
    try (RelayBuffer buffer = new RelayBuffer(arrays)) {
      assertEquals(LITTLE, receive(buffer, LITTLE).capacity());
      ByteBuffer larger = receive(buffer, LITTLE - 1);
      assertEquals(MUCH, larger.capacity());
      assertEquals(arrays, larger.hasArray(), "streams know arrays, sockets copy from them");
      assertEquals(LITTLE, receive(buffer, 1).capacity());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leavesNothingOfWhatItHeld(boolean arrays) {
    List<ByteBuffer> held = new ArrayList<>();
    try (RelayBuffer buffer = new RelayBuffer(arrays)) {
      held.add(receive(buffer, LITTLE));
      held.add(receive(buffer, MUCH));
      held.add(receive(buffer, LITTLE - 1));
      held.add(receive(buffer, LITTLE - 2));
    }
    for (ByteBuffer buffer : held) {
      assertFalse(hasOnes(buffer), buffer::toString);
    }
  }

  @Test
  void givesNobodyABufferThatIsStillInUse() {
    try (RelayBuffer one = new RelayBuffer(false);
        RelayBuffer other = new RelayBuffer(false)) {
      receive(one, LITTLE);
      receive(other, LITTLE);
      ByteBuffer first = receive(one, LITTLE);
      ByteBuffer second = receive(other, LITTLE);
      first.put(0, (byte) 2);
      assertEquals(1, second.get(0));
    }
  }

  /** Fills the buffer with ones, as a read would, and drains it. */
  private static ByteBuffer receive(RelayBuffer buffer, int bytes) {
    ByteBuffer dst = buffer.toFill();
    assertEquals(dst.capacity(), dst.remaining());
    for (int i = 0; i < bytes; i++) {
      dst.put((byte) 1);
    }
    ByteBuffer src = buffer.toDrain();
    assertEquals(bytes, src.remaining());
    src.position(bytes);
    return src;
  }

  private static boolean hasOnes(ByteBuffer buffer) {
    for (int i = 0; i < buffer.limit(); i++) {
      if (buffer.get(i) == 1) {
        return true;
      }
    }
    return false;
  }
}
