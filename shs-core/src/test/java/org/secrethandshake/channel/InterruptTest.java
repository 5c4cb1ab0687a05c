package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.identity.MultiserverAddress;

/** An interrupt means to a channel what it means to a socket channel, over every transport. */
class InterruptTest {
  private static final int LONG = 50_000_000;

  /** The kinds of threads. Not executors themselves: JUnit closes arguments that can be closed. */
  enum Threads {
    PLATFORM,
    VIRTUAL;

    void run(Runnable task) throws ReflectiveOperationException {
      if (this == PLATFORM) {
        Peers.THREADS.execute(task);
      } else {
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
      }
    }
  }

  static List<Arguments> wiresAndThreads() {
    List<Arguments> cases = new ArrayList<>();
    for (Wire wire : Wire.values()) {
      cases.add(Arguments.of(wire, Threads.PLATFORM));
      if (Runtime.version().feature() >= 21) {
        cases.add(Arguments.of(wire, Threads.VIRTUAL));
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("wiresAndThreads")
  void cutsTheChannelOfABlockedReader(Wire wire, Threads threads) throws Exception {
    ChannelPair pair = wire.connect();
    Interruptible reader =
        new Interruptible(threads, () -> pair.client().read(ByteBuffer.allocate(9)));
    reader.interruptIn(Transports.class, "read");
    assertCut(pair, reader);
  }

  @ParameterizedTest
  @MethodSource("wiresAndThreads")
  void cutsTheChannelOfABlockedWriter(Wire wire, Threads threads) throws Exception {
    ChannelPair pair = wire.connect();
    Interruptible writer =
        new Interruptible(threads, () -> pair.client().write(ByteBuffer.allocate(LONG)));
    writer.interruptIn(Transports.class, "writeFully");
    assertCut(pair, writer);
  }

  @ParameterizedTest
  @MethodSource("wiresAndThreads")
  void cutsTheChannelOfAWriterThatWaitsForAnother(Wire wire, Threads threads) throws Exception {
    ChannelPair pair = wire.connect();
    Interruptible first =
        new Interruptible(Threads.PLATFORM, () -> pair.client().write(ByteBuffer.allocate(LONG)));
    Thread writing = first.thread.get();
    Waiting.until(() -> Waiting.isBelow(writing, Transports.class, "writeFully"));
    Interruptible second =
        new Interruptible(threads, () -> pair.client().write(ByteBuffer.allocate(1)));
    second.interruptIn(HalfLock.class, "enter");
    assertCut(pair, second);
    assertThrows(ExecutionException.class, first.result::get);
  }

  @ParameterizedTest
  @MethodSource("wiresAndThreads")
  void cutsTheChannelOfAReaderThatWaitsForAnother(Wire wire, Threads threads) throws Exception {
    ChannelPair pair = wire.connect();
    Interruptible first =
        new Interruptible(Threads.PLATFORM, () -> pair.client().read(ByteBuffer.allocate(9)));
    Thread reading = first.thread.get();
    Waiting.until(() -> Waiting.isBelow(reading, Transports.class, "read"));
    Interruptible second =
        new Interruptible(threads, () -> pair.client().read(ByteBuffer.allocate(9)));
    second.interruptIn(HalfLock.class, "enter");
    assertCut(pair, second);
    assertThrows(ExecutionException.class, first.result::get);
  }

  @ParameterizedTest
  @MethodSource("wiresAndThreads")
  void cutsTheChannelOfAThreadThatIsInterruptedBefore(Wire wire, Threads threads) throws Exception {
    ChannelPair pair = wire.connect();
    Interruptible goodbye =
        new Interruptible(
            threads,
            () -> {
              Thread.currentThread().interrupt();
              pair.client().shutdownOutput();
              return null;
            });
    assertCut(pair, goodbye);
  }

  @ParameterizedTest
  @MethodSource("wiresAndThreads")
  void doesNotKeepCloseFromSayingGoodbye(Wire wire, Threads threads) throws Exception {
    ChannelPair pair = wire.connect();
    Future<Ending> ending = Peers.THREADS.submit(() -> Ending.of(pair.server()));
    Interruptible close =
        new Interruptible(
            threads,
            () -> {
              Thread.currentThread().interrupt();
              pair.client().close();
              return null;
            });
    close.result.get();
    assertTrue(close.stayedInterrupted.get());
    assertTrue(ending.get().goodbye());
    pair.server().close();
  }

  @ParameterizedTest
  @MethodSource("wiresAndThreads")
  void endsAHandshake(Wire wire, Threads threads) throws Exception {
    Transports.Pair transports = wire.transports();
    Interruptible accept =
        new Interruptible(
            threads, () -> Peers.SERVER.accept(transports.right(), Authorizer.anyone()));
    accept.interruptIn(Transports.class, "read");
    accept.assertInterrupted();
    assertFalse(transports.right().isOpen());
    transports.left().close();
  }

  @Test
  void endsTheWaitForAnAuthorizerAndInterruptsIt() throws Exception {
    Transports.Pair transports = Transports.pair();
    CountDownLatch looking = new CountDownLatch(1);
    CompletableFuture<Boolean> lookupInterrupted = new CompletableFuture<>();
    Future<?> client =
        Peers.THREADS.submit(() -> Peers.CLIENT.connect(transports.left(), Peers.BOBS_KEY));
    Interruptible accept =
        new Interruptible(
            Threads.PLATFORM,
            () ->
                Peers.SERVER.accept(
                    transports.right(),
                    key -> {
                      looking.countDown();
                      try {
                        TimeUnit.HOURS.sleep(1);
                      } catch (InterruptedException e) {
                        lookupInterrupted.complete(true);
                      }
                      throw new IllegalStateException("no answer");
                    }));
    looking.await();
    accept.interruptIn(HandshakeDriver.class, "answer");
    accept.assertInterrupted();
    assertTrue(lookupInterrupted.get());
    assertThrows(ExecutionException.class, client::get);
  }

  @Test
  void endsADialAndAllItsAlternatives() throws Exception {
    try (ServerSocket silent = new ServerSocket()) {
      silent.bind(Peers.anyPort());
      MultiserverAddress address =
          MultiserverAddress.of("127.0.0.1", silent.getLocalPort(), Peers.BOB.publicKey());
      Interruptible dial =
          new Interruptible(Threads.PLATFORM, () -> Peers.CLIENT.connect(address.or(address)));
      silent.accept();
      dial.interruptIn(Transports.class, "read");
      dial.assertInterrupted();
      silent.setSoTimeout(100);
      assertThrows(java.net.SocketTimeoutException.class, silent::accept, "no second attempt");
    }
  }

  @Test
  void ofACloseThatWaitsEndsIt() throws Exception {
    ChannelPair pair = Wire.MEMORY.connect();
    Future<?> first = Peers.THREADS.submit(pair.client()::close);
    Interruptible second =
        new Interruptible(
            Threads.PLATFORM,
            () -> {
              pair.client().close();
              return null;
            });
    second.thread.get().interrupt();
    second.result.get(SecretChannel.CLOSE_BOUND.toMillis() * 5, TimeUnit.MILLISECONDS);
    first.get();
    assertEquals("SecretChannel[closed]", pair.client().toString());
    pair.server().abort();
  }

  private static void assertCut(ChannelPair pair, Interruptible thread) throws Exception {
    thread.assertInterrupted();
    assertEquals("SecretChannel[failed]", pair.client().toString());
    assertFalse(pair.client().isOpen());
    assertFalse(Ending.of(pair.server()).goodbye());
    pair.client().close();
    pair.server().abort();
  }

  /** A call on a thread that can be interrupted. */
  private static final class Interruptible {
    final CompletableFuture<Thread> thread = new CompletableFuture<>();
    final CompletableFuture<Boolean> stayedInterrupted = new CompletableFuture<>();
    final FutureTask<?> result;

    Interruptible(Threads threads, Callable<?> call) throws ReflectiveOperationException {
      result =
          new FutureTask<>(
              () -> {
                thread.complete(Thread.currentThread());
                try {
                  return call.call();
                } finally {
                  stayedInterrupted.complete(Thread.interrupted());
                }
              });
      threads.run(result);
    }

    /** Interrupts the call once it has come to where it waits. */
    void interruptIn(Class<?> type, String method) throws Exception {
      Thread waiting = thread.get();
      Waiting.until(() -> Waiting.isBelow(waiting, type, method) || result.isDone());
      assertFalse(result.isDone(), "the call must wait");
      waiting.interrupt();
    }

    void assertInterrupted() throws Exception {
      ExecutionException error =
          assertThrows(
              ExecutionException.class,
              () -> result.get(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS));
      assertInstanceOf(ClosedByInterruptException.class, error.getCause());
      assertTrue(stayedInterrupted.get(), "the thread stays interrupted");
    }
  }
}
