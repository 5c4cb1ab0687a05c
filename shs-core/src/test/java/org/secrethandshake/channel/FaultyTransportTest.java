package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.boxstream.Boxer;

/** What a channel owes its peer is seen at the transport. */
class FaultyTransportTest {
  private static final int BATCHES = 200_000;

  /** What a close reads at most, but for its last read. */
  private static final int DRAIN_BYTES = 256 * 1024;

  /** The largest buffer of a read. */
  private static final int ONE_READ = 70_000;

  @Test
  void aCloseReadsWhatThePeerSentUpToItsGoodbye() throws Exception {
    Transports.Pair transports = Transports.pair();
    Watched watched = new Watched(transports.left());
    Peers.RawServer peer = Peers.RawServer.over(new Transports.Pair(watched, transports.right()));
    ByteBuffer wire = ByteBuffer.allocate(20_000);
    try (Boxer boxer = peer.session().boxer()) {
      boxer.box(ByteBuffer.allocate(15_000), wire);
      boxer.goodbye(wire);
    }
    int sent = wire.flip().remaining();
    Transports.writeFully(peer.transport(), wire);
    watched.bytesRead = 0;

    peer.client().close();

    assertEquals(sent, watched.bytesRead, "unread bytes would reset a socket, and our goodbye");
  }

  @Test
  void aCloseReadsNoMoreThanItsBoundOfAPeerThatGoesOnSending() throws Exception {
    Transports.Pair transports = Transports.pair();
    Watched watched = new Watched(transports.left());
    ChannelPair pair = Wire.connect(new Transports.Pair(watched, transports.right()));
    Future<Integer> flood =
        Peers.THREADS.submit(() -> pair.server().write(ByteBuffer.allocate(20_000_000)));
    watched.bytesRead = 0;

    pair.client().close();

    assertThrows(ExecutionException.class, flood::get);
    assertTrue(watched.bytesRead >= DRAIN_BYTES, watched.bytesRead + " bytes");
    assertTrue(watched.bytesRead < DRAIN_BYTES + ONE_READ, watched.bytesRead + " bytes");
    pair.server().abort();
  }

  @Test
  void aSecondCloseIsBoundedThoughTheTransportsOwnCloseIsNot() throws Exception {
    Transports.Pair transports = Transports.pair();
    Watched watched = new Watched(transports.left());
    ChannelPair pair = Wire.connect(new Transports.Pair(watched, transports.right()));
    pair.server().shutdownOutput();
    watched.closeBlocks = new CountDownLatch(1);
    Future<?> first = Peers.THREADS.submit(pair.client()::close);
    watched.closed.await();
    Thread second = new Thread(pair.client()::close, "test-second-close");
    second.start();

    Waiting.until(() -> Waiting.isIn(second, ChannelState.class, "awaitEnd"));

    assertEquals(Thread.State.TIMED_WAITING, second.getState());
    watched.closeBlocks.countDown();
    first.get();
    second.join();
    pair.server().abort();
  }

  @Test
  void aWriteThatFailedIsFollowedByNoGoodbyeThoughTheTransportWorksAgain() throws Exception {
    Transports.Pair transports = Transports.pair();
    Watched watched = new Watched(transports.left());
    ChannelPair pair = Wire.connect(new Transports.Pair(watched, transports.right()));
    Future<Ending> ending = Peers.THREADS.submit(() -> Ending.of(pair.server()));
    watched.failAfterWrite = true;
    BoxStreamException failure =
        assertThrows(
            BoxStreamException.class, () -> pair.client().write(ByteBuffer.allocate(BATCHES)));
    assertEquals(BoxStreamException.Reason.TRANSPORT, failure.reason());
    BoxStreamException again =
        assertThrows(BoxStreamException.class, () -> pair.client().write(ByteBuffer.allocate(1)));
    assertEquals(failure.getMessage(), again.getMessage());
    assertThrows(BoxStreamException.class, pair.client()::shutdownOutput);

    pair.client().close();

    assertFalse(ending.get().goodbye(), "the first batch is not all");
    pair.server().abort();
  }

  @Test
  void aHandshakeThatIsDoneAfterItsDeadlineIsNotAccepted() throws Exception {
    Transports.Pair transports = Transports.pair();
    Watched watched = new Watched(transports.right());
    watched.writesUntilWait = 2;
    Future<SecretChannel> client =
        Peers.THREADS.submit(() -> Peers.CLIENT.connect(transports.left(), Peers.BOBS_KEY));
    SecretHandshake hasty = Peers.side(Peers.BOB, Duration.ofSeconds(2));

    HandshakeException late =
        assertThrows(
            HandshakeException.class, () -> hasty.accept(watched, Authorizer.anyone()).abort());

    assertEquals(HandshakeException.Reason.TIMEOUT, late.reason());
    assertEquals(0, watched.writesUntilWait, "serverAccept was sent");
    client.get().abort();
  }

  /** A transport that counts, fails and waits on demand. */
  private static final class Watched implements ByteChannel {
    private final ByteChannel transport;
    private final CountDownLatch closed = new CountDownLatch(1);
    private int bytesRead;
    private boolean failAfterWrite;
    private int writesUntilWait;
    private volatile CountDownLatch closeBlocks = new CountDownLatch(0);

    Watched(ByteChannel transport) {
      this.transport = transport;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
      int count = transport.read(dst);
      bytesRead += Math.max(count, 0);
      return count;
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
      if (failAfterWrite) {
        failAfterWrite = false;
        Transports.writeFully(transport, src);
        throw new IOException("no buffer space");
      }
      int count = transport.write(src);
      if (writesUntilWait > 0 && --writesUntilWait == 0) {
        awaitClose();
      }
      return count;
    }

    private void awaitClose() throws IOException {
      try {
        closed.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public boolean isOpen() {
      return transport.isOpen();
    }

    @Override
    public void close() throws IOException {
      transport.close();
      closed.countDown();
      awaitUnblocked();
    }

    private void awaitUnblocked() throws IOException {
      try {
        closeBlocks.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}
