package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.BoxStreamException.Reason;
import org.secrethandshake.boxstream.Boxer;

class ChannelEndTest {
  private static final byte[] PLAINTEXT = Peers.pattern(40);

  @Test
  void neverCallsACutACleanEnd() throws Exception {
    int length = wire(rawPeer()).length;
    for (int cut = 0; cut < length; cut++) {
      Peers.RawServer peer = rawPeer();
      peer.send(Arrays.copyOf(wire(peer), cut));
      peer.transport().close();
      assertReason(Reason.TRUNCATED, () -> peer.client().inputStream().readAllBytes());
      assertFalse(peer.client().isOpen());
    }
  }

  @Test
  void alwaysCallsAGoodbyeACleanEnd() throws Exception {
    Peers.RawServer peer = rawPeer();
    peer.send(wire(peer));
    peer.transport().close();
    assertArrayEquals(PLAINTEXT, peer.client().inputStream().readAllBytes());
    assertEquals(-1, peer.client().read(ByteBuffer.allocate(1)));
    assertEquals(0, peer.client().read(ByteBuffer.allocate(0)));
  }

  @Test
  void deliversWhatIsAuthenticBeforeItReportsAnError() throws Exception {
    Peers.RawServer peer = rawPeer();
    byte[] wire = wire(peer);
    wire[wire.length - 1] ^= 1;
    peer.send(wire);
    ByteBuffer dst = ByteBuffer.allocate(100);
    assertEquals(PLAINTEXT.length, peer.client().read(dst));
    BoxStreamException first = assertReason(Reason.BAD_HEADER, () -> peer.client().read(dst));
    assertSame(first, assertReason(Reason.BAD_HEADER, () -> peer.client().read(dst)).getCause());
    assertSame(first, assertReason(Reason.BAD_HEADER, () -> peer.client().write(dst)).getCause());
  }

  @Test
  void closesTheTransportWithoutAWordAfterAnError() throws Exception {
    Peers.RawServer peer = rawPeer();
    peer.send(new byte[34]);
    assertReason(Reason.BAD_HEADER, () -> peer.client().read(ByteBuffer.allocate(9)));
    peer.client().close();
    assertEquals(-1, peer.transport().read(ByteBuffer.allocate(99)), "silence, then the end");
  }

  @Test
  void leavesOtherChannelsAloneWhenOneFails() throws Exception {
    try (ChannelPair other = Peers.inMemory()) {
      Peers.RawServer peer = rawPeer();
      peer.send(new byte[34]);
      assertReason(Reason.BAD_HEADER, () -> peer.client().read(ByteBuffer.allocate(9)));
      other.client().write(ByteBuffer.wrap(PLAINTEXT));
      assertEquals(PLAINTEXT.length, other.server().read(ByteBuffer.allocate(99)));
    }
  }

  @Test
  void keepsItsOutputOpenAfterThePeersGoodbye() throws Exception {
    try (ChannelPair pair = Peers.overTcp()) {
      pair.client().write(ByteBuffer.wrap(PLAINTEXT));
      pair.client().shutdownOutput();
      pair.client().shutdownOutput();
      assertArrayEquals(PLAINTEXT, pair.server().inputStream().readAllBytes());
      pair.server().write(ByteBuffer.wrap(PLAINTEXT));
      pair.server().shutdownOutput();
      assertArrayEquals(PLAINTEXT, pair.client().inputStream().readAllBytes());
    }
  }

  @Test
  void closesTheTransportOnceBothGoodbyesHavePassed() throws Exception {
    Peers.RawServer peer = rawPeer();
    peer.send(wire(peer));
    peer.client().inputStream().readAllBytes();
    peer.client().shutdownOutput();
    ByteBuffer goodbye = ByteBuffer.allocate(99);
    assertEquals(Boxer.GOODBYE_BYTES, peer.transport().read(goodbye));
    assertEquals(-1, peer.transport().read(goodbye));
    assertEquals(-1, peer.client().read(ByteBuffer.allocate(1)), "still a clean end");
  }

  @Test
  void reportsAFailedWriteThroughTryWithResources() throws Exception {
    Peers.RawServer peer = rawPeer();
    peer.transport().close();
    BoxStreamException error =
        assertReason(
            Reason.TRANSPORT,
            () -> {
              try (OutputStream out = new BufferedOutputStream(peer.client().outputStream(), 4)) {
                out.write(PLAINTEXT);
                out.write(1);
                out.flush();
              }
            });
    assertTrue(error.getMessage().contains("connection failed"), error.getMessage());
  }

  @Test
  void canReadWhatCameBeforeAWriteFailed() throws Exception {
    Peers.RawServer peer = rawPeer();
    peer.send(wire(peer));
    peer.transport().close();
    assertReason(Reason.TRANSPORT, () -> peer.client().write(ByteBuffer.allocate(1)));
    assertReason(Reason.TRANSPORT, peer.client()::shutdownOutput);
    assertArrayEquals(PLAINTEXT, peer.client().inputStream().readAllBytes());
  }

  @Test
  void refusesAReadOnlyDestinationAndStaysAlive() throws Exception {
    try (ChannelPair pair = Peers.inMemory()) {
      assertThrows(
          IllegalArgumentException.class,
          () -> pair.client().read(ByteBuffer.allocate(1).asReadOnlyBuffer()));
      assertThrows(NullPointerException.class, () -> pair.client().write(null));
      assertTrue(pair.client().isOpen());
    }
  }

  @Test
  void writesNothingAfterItsGoodbye() throws Exception {
    try (ChannelPair pair = Peers.inMemory()) {
      pair.client().shutdownOutput();
      ClosedChannelException refusal =
          assertThrows(
              ClosedChannelException.class, () -> pair.client().write(ByteBuffer.wrap(PLAINTEXT)));
      assertInstanceOf(IllegalStateException.class, refusal.getCause());
      assertTrue(refusal.getCause().getMessage().contains("output was shut down"));
    }
  }

  @Test
  void sendsItsGoodbyeAndDrainsTheRestWhenClosed() throws Exception {
    ChannelPair pair = Peers.overTcp();
    pair.client().write(ByteBuffer.wrap(PLAINTEXT));
    pair.server().write(ByteBuffer.wrap(Peers.pattern(100_000)));
    Future<byte[]> received =
        Peers.THREADS.submit(
            () -> {
              byte[] all = pair.server().inputStream().readAllBytes();
              pair.server().close();
              return all;
            });
    pair.client().close();
    assertArrayEquals(PLAINTEXT, received.get(), "the goodbye outlived the unread bytes");
  }

  @Test
  void isClosedForEveryCallAfterClose() throws Exception {
    ChannelPair pair = Peers.inMemory();
    pair.close();
    pair.close();
    assertFalse(pair.client().isOpen());
    assertThrows(ClosedChannelException.class, () -> pair.client().read(ByteBuffer.allocate(1)));
    assertThrows(ClosedChannelException.class, () -> pair.client().write(ByteBuffer.allocate(1)));
    assertThrows(ClosedChannelException.class, pair.client()::shutdownOutput);
  }

  private static Peers.RawServer rawPeer() throws Exception {
    return Peers.RawServer.over(Transports.pair());
  }

  /** A packet and a goodbye, as the peer sends them. */
  private static byte[] wire(Peers.RawServer peer) {
    ByteBuffer packets = ByteBuffer.allocate(500);
    try (Boxer boxer = peer.session().boxer()) {
      boxer.box(ByteBuffer.wrap(PLAINTEXT), packets);
      boxer.goodbye(packets);
    }
    return Arrays.copyOf(packets.array(), packets.position());
  }

  private static BoxStreamException assertReason(
      Reason expected, org.junit.jupiter.api.function.Executable call) {
    BoxStreamException error = assertThrows(BoxStreamException.class, call);
    assertEquals(expected, error.reason());
    return error;
  }
}
