package org.secrethandshake.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeakFreeTest {
  @Test
  void findsABufferThatNobodyReleases() throws Exception {
    assertEquals(List.of(), LeakFree.leaks());
    forget(ByteBufAllocator.DEFAULT.buffer(16));
    assertEquals(1, LeakFree.leaks().size());
  }

  private static void forget(ByteBuf buffer) {
    buffer.writeByte(1);
  }
}
