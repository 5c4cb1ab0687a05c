package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

/** What a channel can run over, and what it asks of that. */
class TransportsTest {
  @Test
  void streamsTakeBuffersThatAreNoArrays() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteChannel transport =
        Transports.of(new ByteArrayInputStream(new byte[] {1, 2, 3}), out, () -> {});
    ByteBuffer dst = ByteBuffer.allocateDirect(2);
    assertEquals(2, transport.read(dst));
    assertEquals(ByteBuffer.wrap(new byte[] {1, 2}), dst.flip());
    assertEquals(2, transport.write(dst));
    assertFalse(dst.hasRemaining());
    assertArrayEquals(new byte[] {1, 2}, out.toByteArray());
    assertEquals(1, transport.read(dst.clear()));
    assertEquals(-1, transport.read(dst.clear()));
    assertEquals(0, dst.position());
  }

  @Test
  void aSocketThatHasAChannelIsThatChannel() throws Exception {
    try (SocketChannel channel = SocketChannel.open()) {
      assertSame(channel, Transports.of(channel.socket()));
    }
  }

  @Test
  void memoryThatIsClosedIsNotOpen() throws Exception {
    Transports.Pair pair = Transports.pair();
    assertTrue(pair.left().isOpen());
    pair.left().close();
    assertFalse(pair.left().isOpen());
    assertTrue(pair.right().isOpen());
    assertThrows(ClosedChannelException.class, () -> pair.left().read(ByteBuffer.allocate(1)));
    assertThrows(ClosedChannelException.class, () -> pair.left().write(ByteBuffer.allocate(1)));
  }

  @Test
  void mustBlock() throws Exception {
    try (SocketChannel left = (SocketChannel) Peers.tcp().left()) {
      left.configureBlocking(false);
      assertThrows(
          IllegalBlockingModeException.class, () -> Transports.read(left, ByteBuffer.allocate(1)));
      ByteBuffer much = ByteBuffer.allocate(1 << 26);
      assertThrows(IllegalBlockingModeException.class, () -> Transports.writeFully(left, much));
      assertTrue(much.hasRemaining());
    }
  }

  @Test
  void sayWhyTheyFailed() {
    assertEquals("Broken pipe", Transports.reason(new IOException("Broken pipe")));
    assertEquals("it was closed on our side", Transports.reason(new ClosedChannelException()));
    assertEquals("no reason is given", Transports.reason(new IOException()));
  }

  @Test
  void theStreamsOfAChannelTakeAndGiveSingleBytes() throws Exception {
    try (ChannelPair pair = Peers.inMemory()) {
      pair.client().outputStream().write(0xff);
      pair.client().outputStream().write(0);
      pair.client().shutdownOutput();
      assertEquals(0xff, pair.server().inputStream().read());
      assertEquals(0, pair.server().inputStream().read());
      assertEquals(-1, pair.server().inputStream().read());
    }
  }
}
