package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.BoxStreamException.Reason;

class ChannelCloseTest {
  /** The bound of close itself, and what a busy machine may add. */
  private static final Duration BOUND = SecretChannel.CLOSE_BOUND.plusSeconds(2);

  private static final int MORE_THAN_SOCKETS_BUFFER = 50 << 20;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isBoundedAgainstAPeerThatNeverReads(boolean tcp) throws Exception {
    ChannelPair pair = tcp ? Peers.overTcp() : Peers.inMemory();
    Future<?> writer = blockedWriter(pair.client());
    assertTrue(timeToClose(pair.client()).compareTo(BOUND) < 0);
    assertEndedBy(AsynchronousCloseException.class, writer);
    pair.server().close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isBoundedAgainstAPeerThatNeverStopsSending(boolean tcp) throws Exception {
    ChannelPair pair = tcp ? Peers.overTcp() : Peers.inMemory();
    Future<?> flood = endlessWriter(pair.server());
    assertTrue(timeToClose(pair.client()).compareTo(BOUND) < 0);
    assertEndedBy(BoxStreamException.class, flood);
    pair.server().close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isBoundedAgainstAPeerThatNeverAnswers(boolean tcp) throws Exception {
    ChannelPair pair = tcp ? Peers.overTcp() : Peers.inMemory();
    assertTrue(timeToClose(pair.client()).compareTo(BOUND) < 0);
    pair.server().close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endsBlockedReadsAndWritesOfOtherThreads(boolean tcp) throws Exception {
    ChannelPair pair = tcp ? Peers.overTcp() : Peers.inMemory();
    CompletableFuture<Thread> reading = new CompletableFuture<>();
    Future<?> reader =
        Peers.THREADS.submit(
            () -> {
              reading.complete(Thread.currentThread());
              return pair.client().read(ByteBuffer.allocate(9));
            });
    Thread thread = reading.get();
    Waiting.until(() -> Waiting.isBelow(thread, Transports.class, "read"));
    Future<?> writer = blockedWriter(pair.client());
    pair.client().close();
    assertEndedBy(AsynchronousCloseException.class, reader);
    assertEndedBy(AsynchronousCloseException.class, writer);
    pair.server().close();
  }

  @Test
  void returnsAtOnceWhenThePeerHasSaidGoodbye() throws Exception {
    ChannelPair pair = Peers.overTcp();
    pair.server().shutdownOutput();
    assertEquals(-1, pair.client().read(ByteBuffer.allocate(9)));
    assertTrue(timeToClose(pair.client()).compareTo(SecretChannel.CLOSE_BOUND) < 0);
    assertEquals(-1, pair.server().read(ByteBuffer.allocate(9)));
    pair.server().close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isAlsoThatOfEitherStream(boolean input) throws Exception {
    ChannelPair pair = Peers.overTcp();
    Future<Ending> ending = Peers.THREADS.submit(() -> Ending.of(pair.server()));
    SecretChannel client = pair.client();
    pair.server().shutdownOutput();

    try (Closeable stream = input ? client.inputStream() : client.outputStream()) {
      assertNotNull(stream);
    }

    assertFalse(client.isOpen());
    assertTrue(ending.get().goodbye());
  }

  @Test
  void leavesNothingToWriteOrToRead() throws Exception {
    ChannelPair pair = Peers.inMemory();
    pair.client().abort();
    ByteBuffer nothing = ByteBuffer.allocate(0);
    assertThrows(ClosedChannelException.class, () -> pair.client().write(nothing));
    assertThrows(ClosedChannelException.class, () -> pair.client().read(nothing));
    assertThrows(ClosedChannelException.class, pair.client()::shutdownOutput);
    pair.server().abort();
  }

  @Test
  void ofTheOutputAloneHoldsUpNoOtherThread() throws Exception {
    try (ChannelPair pair = Peers.inMemory()) {
      pair.client().shutdownOutput();

      Future<?> writer = Peers.THREADS.submit(() -> pair.client().write(ByteBuffer.allocate(1)));
      ExecutionException refused =
          assertThrows(
              ExecutionException.class, () -> writer.get(BOUND.toSeconds(), TimeUnit.SECONDS));
      assertInstanceOf(ClosedChannelException.class, refused.getCause());
    }
  }

  @Test
  void closesTheChannelWhenAReadTimesOut() throws Exception {
    try (ChannelPair pair = Peers.overTcp()) {
      pair.client().readTimeout(Duration.ofMillis(50));
      BoxStreamException error =
          assertThrows(BoxStreamException.class, () -> pair.client().read(ByteBuffer.allocate(9)));
      assertEquals(Reason.TIMEOUT, error.reason());
      assertTrue(error.getMessage().contains("read timeout (50 ms)"), error.getMessage());
      assertFalse(pair.client().isOpen());
      assertThrows(IllegalArgumentException.class, () -> pair.server().readTimeout(Duration.ZERO));
    }
  }

  @Test
  void readsInTimeUnderAReadTimeout() throws Exception {
    try (ChannelPair pair = Peers.overTcp()) {
      pair.client().readTimeout(Duration.ofSeconds(30));
      pair.server().write(ByteBuffer.wrap(new byte[3]));
      assertEquals(3, pair.client().read(ByteBuffer.allocate(9)));
      pair.client().readTimeout(null);
    }
  }

  @Test
  void reportsAnInterruptAsOne() throws Exception {
    ChannelPair pair = Peers.inMemory();
    CountDownLatch started = new CountDownLatch(1);
    Thread[] thread = new Thread[1];
    Future<?> reader =
        Peers.THREADS.submit(
            () -> {
              thread[0] = Thread.currentThread();
              started.countDown();
              return pair.client().read(ByteBuffer.allocate(9));
            });
    started.await();
    thread[0].interrupt();
    assertEndedBy(ClosedByInterruptException.class, reader);
    pair.close();
  }

  /** One write that no transport takes whole. */
  private static Future<?> blockedWriter(SecretChannel channel) throws Exception {
    ByteBuffer plaintext = ByteBuffer.allocate(MORE_THAN_SOCKETS_BUFFER);
    CompletableFuture<Thread> writing = new CompletableFuture<>();
    Future<?> writer =
        Peers.THREADS.submit(
            () -> {
              writing.complete(Thread.currentThread());
              return channel.write(plaintext);
            });
    Thread thread = writing.get();
    Waiting.until(() -> Waiting.isBelow(thread, Transports.class, "writeFully"));
    return writer;
  }

  private static Future<?> endlessWriter(SecretChannel channel) {
    return Peers.THREADS.submit(
        () -> {
          ByteBuffer block = ByteBuffer.allocate(1 << 20);
          while (true) {
            channel.write(block.clear());
          }
        });
  }

  private static Duration timeToClose(SecretChannel channel) {
    long start = System.nanoTime();
    channel.close();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void assertEndedBy(Class<? extends Exception> expected, Future<?> call) {
    ExecutionException error = assertThrows(ExecutionException.class, call::get);
    assertInstanceOf(expected, error.getCause());
  }
}
