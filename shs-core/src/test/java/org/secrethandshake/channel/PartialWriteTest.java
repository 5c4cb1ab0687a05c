package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.boxstream.Boxer;

/** A goodbye says that all was sent: a part never passes for the whole. */
class PartialWriteTest {
  private static final int LONG = 20_000_000;
  private static final int RECORD = 1000;

  @ParameterizedTest
  @EnumSource
  void isNeverFollowedByAGoodbyeWhenAnotherThreadCloses(Wire wire) throws Exception {
    for (int round = 0; round < 12; round++) {
      ChannelPair pair = wire.connect();
      Future<Ending> ending = Peers.THREADS.submit(() -> Ending.of(pair.server()));
      CountDownLatch writing = new CountDownLatch(1);
      Future<Outcome> written =
          Peers.THREADS.submit(
              () -> {
                writing.countDown();
                return outcome(pair.client(), LONG);
              });
      writing.await();
      LockSupport.parkNanos(round * 400_000L);
      pair.client().close();
      assertWholeOrCut(LONG, written.get(), ending.get());
      pair.server().abort();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isNeverFollowedByAGoodbyeWhenSeveralThreadsWrite(Wire wire) throws Exception {
    for (int round = 0; round < 6; round++) {
      ChannelPair pair = wire.connect();
      Future<Ending> ending = Peers.THREADS.submit(() -> Ending.of(pair.server()));
      List<Future<Integer>> writers = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        writers.add(Peers.THREADS.submit(() -> recordsUntilClosed(pair.client())));
      }
      LockSupport.parkNanos(2_000_000L + round * 500_000L);
      pair.client().close();
      long complete = 0;
      for (Future<Integer> writer : writers) {
        complete += writer.get();
      }
      Ending end = ending.get();
      if (end.goodbye()) {
        assertEquals(complete * RECORD, end.length(), "a goodbye follows complete writes only");
      }
      pair.server().abort();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isCutWhenOnePacketIsUnderWay(Wire wire) throws Exception {
    Transports.Pair transports = wire.transports();
    TakesHalf transport = new TakesHalf(transports.left());
    ChannelPair pair = Wire.connect(new Transports.Pair(transport, transports.right()));
    assertTrue(writes(pair.client(), RECORD));
    transport.takesHalf = true;
    Future<Boolean> writer = Peers.THREADS.submit(() -> writes(pair.client(), RECORD));
    transport.half.await();
    pair.client().close();
    assertFalse(writer.get());
    assertEquals(new Ending(RECORD, false), Ending.of(pair.server()), "half a packet had left");
    pair.server().abort();
  }

  /** A transport that takes half of what it is given, and no more until it is closed. */
  private static final class TakesHalf implements ByteChannel {
    private final ByteChannel transport;
    private final CountDownLatch half = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean takesHalf;

    TakesHalf(ByteChannel transport) {
      this.transport = transport;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
      return transport.read(dst);
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
      if (!takesHalf) {
        return transport.write(src);
      }
      int limit = src.limit();
      Transports.writeFully(transport, src.limit(src.position() + src.remaining() / 2));
      src.limit(limit);
      half.countDown();
      try {
        closed.await();
      } catch (InterruptedException e) {
        throw new ClosedByInterruptException();
      }
      throw new AsynchronousCloseException();
    }

    @Override
    public boolean isOpen() {
      return transport.isOpen();
    }

    @Override
    public void close() throws IOException {
      transport.close();
      closed.countDown();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isNotFollowedByAGoodbyeAfterAnInterrupt(Wire wire) throws Exception {
    ChannelPair pair = wire.connect();
    Thread[] thread = new Thread[1];
    Future<Boolean> writer =
        Peers.THREADS.submit(
            () -> {
              thread[0] = Thread.currentThread();
              return writes(pair.client(), LONG);
            });
    awaitUnderWay(pair);
    thread[0].interrupt();
    assertFalse(writer.get());
    pair.client().close();
    assertFalse(Ending.of(pair.server()).goodbye());
    pair.server().abort();
  }

  @ParameterizedTest
  @EnumSource
  void isNotFollowedByAGoodbyeAfterATimeout(Wire wire) throws Exception {
    ChannelPair pair = wire.connect();
    pair.client().writeTimeout(Duration.ofMillis(100));
    BoxStreamException timeout =
        assertThrows(
            BoxStreamException.class, () -> pair.client().write(ByteBuffer.allocate(LONG)));
    assertEquals(BoxStreamException.Reason.TIMEOUT, timeout.reason());
    pair.client().close();
    assertFalse(Ending.of(pair.server()).goodbye());
    pair.server().abort();
  }

  @Test
  void cutsAlsoWhenTheOutputWasToBeShutDownAfterIt() throws Exception {
    ChannelPair pair = Wire.MEMORY.connect();
    Future<Boolean> writer = Peers.THREADS.submit(() -> writes(pair.client(), LONG));
    awaitUnderWay(pair);
    CompletableFuture<Thread> waiting = new CompletableFuture<>();
    Future<Boolean> shutdown =
        Peers.THREADS.submit(
            () -> {
              waiting.complete(Thread.currentThread());
              pair.client().shutdownOutput();
              return true;
            });
    Thread thread = waiting.get();
    Waiting.until(() -> Waiting.isIn(thread, HalfLock.class, "enter"));
    pair.client().close();
    assertFalse(writer.get());
    assertThrows(Exception.class, shutdown::get);
    assertFalse(Ending.of(pair.server()).goodbye());
    pair.server().abort();
  }

  @Test
  void staysCutForASecondClose() throws Exception {
    ChannelPair pair = Wire.SOCKET_CHANNEL.connect();
    Future<Boolean> writer = Peers.THREADS.submit(() -> writes(pair.client(), LONG));
    awaitUnderWay(pair);
    Future<?> first = Peers.THREADS.submit(pair.client()::close);
    pair.client().close();
    first.get();
    assertFalse(Ending.of(pair.server()).goodbye());
    pair.server().abort();
  }

  @Test
  void isNotFollowedByAGoodbyeOfItsOwnThread() throws Exception {
    Transports.Pair sockets = Wire.SOCKET_CHANNEL.transports();
    ClosesAtItsSecondWrite transport = new ClosesAtItsSecondWrite(sockets.left());
    ChannelPair pair = Wire.connect(new Transports.Pair(transport, sockets.right()));
    Future<Ending> ending = Peers.THREADS.submit(() -> Ending.of(pair.server()));
    transport.writesLeft = 2;
    transport.channel = pair.client();
    assertFalse(writes(pair.client(), LONG));
    assertFalse(ending.get().goodbye());
    pair.server().abort();
  }

  /** A transport that gives its channel up in the middle of a write, as a quota would. */
  private static final class ClosesAtItsSecondWrite implements ByteChannel {
    private final ByteChannel transport;
    private SecretChannel channel;
    private int writesLeft;

    ClosesAtItsSecondWrite(ByteChannel transport) {
      this.transport = transport;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
      return transport.read(dst);
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
      int count = transport.write(src);
      if (channel != null && --writesLeft == 0) {
        channel.close();
      }
      return count;
    }

    @Override
    public boolean isOpen() {
      return transport.isOpen();
    }

    @Override
    public void close() throws IOException {
      transport.close();
    }
  }

  @Test
  void isNotFollowedByAGoodbyeWhenThereWasNoMemoryForIt() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-cp",
                System.getProperty("java.class.path"),
                Starved.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("Ending[length=0, goodbye=false]", output.readLine());
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Says how a channel ends whose writer found no memory for its first large write. */
  static final class Starved {
    private static final int CHUNK = 16 * 1024;

    private Starved() {}

    public static void main(String[] arguments) throws Exception {
      ChannelPair pair = Wire.MEMORY.connect();
      // All that a small write needs is there.
      pair.client().write(ByteBuffer.allocate(1));
      pair.server().read(ByteBuffer.allocate(1));
      ByteBuffer large = ByteBuffer.allocate(2 * Boxer.MAX_BODY_BYTES);
      try {
        writeWithoutMemory(pair.client(), large);
        throw new AssertionError("there was memory");
      } catch (OutOfMemoryError e) {
        Peers.THREADS.execute(pair.client()::close);
        System.out.println(Ending.of(pair.server()));
      }
    }

    /** Leaves less than a batch of packets takes. */
    private static void writeWithoutMemory(SecretChannel channel, ByteBuffer src)
        throws IOException {
      List<byte[]> all = new LinkedList<>();
      try {
        while (true) {
          all.add(new byte[CHUNK]);
        }
      } catch (OutOfMemoryError e) {
        all.remove(0);
        channel.write(src);
      }
    }
  }

  /** What became of a write. */
  private enum Outcome {
    WHOLE,
    CUT,
    /** The channel was closed before: nothing of the write was sent. */
    REFUSED
  }

  private static void assertWholeOrCut(long length, Outcome written, Ending ending) {
    if (ending.goodbye()) {
      long told = written == Outcome.WHOLE ? length : 0;
      assertEquals(told, ending.length(), "a goodbye behind a write that is " + written);
      assertNotEquals(Outcome.CUT, written, "a write that is cut is followed by no goodbye");
    }
  }

  private static Outcome outcome(SecretChannel channel, int length) {
    try {
      channel.write(ByteBuffer.allocate(length));
      return Outcome.WHOLE;
    } catch (IOException e) {
      return e.getClass() == ClosedChannelException.class ? Outcome.REFUSED : Outcome.CUT;
    }
  }

  /** Whether the write returned. */
  private static boolean writes(SecretChannel channel, int length) {
    return outcome(channel, length) == Outcome.WHOLE;
  }

  private static int recordsUntilClosed(SecretChannel channel) {
    int complete = 0;
    while (writes(channel, RECORD)) {
      complete++;
    }
    return complete;
  }

  /** Waits until a write is under way that is longer than what fits between it and its peer. */
  private static void awaitUnderWay(ChannelPair pair) throws Exception {
    assertEquals(1, pair.server().read(ByteBuffer.allocate(1)));
  }
}
