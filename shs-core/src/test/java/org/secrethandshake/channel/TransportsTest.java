package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
  void streamsTakeAnyPartOfAnArrayAndAreFlushed() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteChannel transport =
        Transports.of(
            new ByteArrayInputStream(new byte[] {1, 2, 3}),
            new BufferedOutputStream(out),
            () -> {});
    ByteBuffer part = ByteBuffer.allocate(9).position(4).slice().position(1).limit(3);
    assertEquals(2, transport.read(part));
    assertFalse(part.hasRemaining());
    assertEquals(ByteBuffer.wrap(new byte[] {0, 1, 2, 0, 0}), part.clear());
    assertEquals(2, transport.write(part.position(1).limit(3)));
    assertArrayEquals(new byte[] {1, 2}, out.toByteArray());
  }

  @Test
  void streamsThatAreClosedAreNotTouched() throws Exception {
    ByteArrayInputStream in = new ByteArrayInputStream(new byte[1]);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteChannel transport = Transports.of(in, out, () -> {});
    transport.close();
    assertThrows(ClosedChannelException.class, () -> transport.read(ByteBuffer.allocate(1)));
    assertThrows(ClosedChannelException.class, () -> transport.write(ByteBuffer.allocate(1)));
    assertEquals(1, in.available());
    assertEquals(0, out.size());
  }

  /** A stream may answer its own close with an end, which would look like the peer's. */
  @Test
  void streamsThatEndBecauseTheyAreClosedAreNotAtTheirEnd() {
    AtomicReference<ByteChannel> transport = new AtomicReference<>();
    InputStream in =
        new InputStream() {
          @Override
          public int read() throws IOException {
            transport.get().close();
            return -1;
          }
        };
    transport.set(Transports.of(in, OutputStream.nullOutputStream(), () -> {}));
    assertThrows(
        AsynchronousCloseException.class, () -> transport.get().read(ByteBuffer.allocate(1)));
  }

  @Test
  void streamsEndTheirOutputAloneAndTellNoAddress() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AtomicInteger closed = new AtomicInteger();
    StreamTransport transport =
        (StreamTransport)
            Transports.of(
                new ByteArrayInputStream(new byte[] {1}),
                new FilterOutputStream(out) {
                  @Override
                  public void close() {
                    closed.incrementAndGet();
                  }
                },
                () -> {});
    assertNull(Transports.remoteAddress(transport));
    transport.shutdownOutput();
    assertEquals(1, closed.get());
    assertEquals(1, transport.read(ByteBuffer.allocate(9)), "the input is still open");
  }

  @Test
  void aSocketEndsItsOutputAloneAndTellsItsAddress() throws Exception {
    Transports.Pair pair = Wire.SOCKET.transports();
    StreamTransport left = (StreamTransport) pair.left();
    assertInstanceOf(InetSocketAddress.class, Transports.remoteAddress(left));
    left.shutdownOutput();
    assertEquals(-1, pair.right().read(ByteBuffer.allocate(9)));
    assertEquals(1, pair.right().write(ByteBuffer.wrap(new byte[] {7})));
    assertEquals(1, left.read(ByteBuffer.allocate(9)), "the input is still open");
    left.close();
    pair.right().close();
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
    for (Executable use :
        List.<Executable>of(
            () -> pair.left().read(ByteBuffer.allocate(1)),
            () -> pair.left().write(ByteBuffer.allocate(1)))) {
      assertThrowsExactly(ClosedChannelException.class, use, "and not closed meanwhile");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptedThreadClosesWhatItUsesThoughItNeedNotWait(Wire wire) throws Exception {
    for (boolean write : new boolean[] {true, false}) {
      Transports.Pair pair = wire.transports();
      ByteBuffer one = ByteBuffer.wrap(new byte[1]);
      pair.right().write(one.duplicate());
      Thread.currentThread().interrupt();
      assertThrows(
          ClosedByInterruptException.class,
          () -> {
            if (write) {
              pair.left().write(one);
            } else {
              pair.left().read(one);
            }
          });
      assertTrue(Thread.interrupted());
      assertFalse(pair.left().isOpen());
      pair.right().close();
    }
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
