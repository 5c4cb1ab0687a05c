package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channels;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.secrethandshake.testkit.ForkedJava;

/** Channels at full rate and other virtual threads, in a JVM with one thread to carry them all. */
class FairShareTest {
  private static final int FIRST_VERSION_WITH_VIRTUAL_THREADS = 21;

  enum Direction {
    READING,
    WRITING
  }

  @ParameterizedTest
  @EnumSource
  void aChannelThatNeverWaitsLetsOthersHaveTheirTurn(Direction direction) throws Exception {
    assumeTrue(
        Runtime.version().feature() >= FIRST_VERSION_WITH_VIRTUAL_THREADS,
        "this JDK has no virtual threads");
    assertEquals(
        "the others had their turn in between",
        ForkedJava.run(
            "-Djdk.virtualThreadScheduler.parallelism=1",
            "-Djdk.virtualThreadScheduler.maxPoolSize=1",
            "-cp",
            ForkedJava.classPath(entry -> true),
            OneCarrier.class.getName(),
            direction.name()));
  }

  /** Moves bytes over transports that are always ready, while other virtual threads wait. */
  static final class OneCarrier {
    private static final int BYTES = 16 * FairShare.SHARE_BYTES;
    private static final int OTHERS = 8;
    private static final int MOVED_AT_ONCE = 1 << 16;

    private OneCarrier() {}

    public static void main(String[] arguments) throws Exception {
      Transports.Pair pair = Transports.pair();
      ReadyTransport serverTransport = new ReadyTransport(pair.right());
      ReadyTransport clientTransport = new ReadyTransport(pair.left());
      Future<SecretChannel> accepting =
          Peers.THREADS.submit(() -> Peers.SERVER.accept(serverTransport, Authorizer.anyone()));
      SecretChannel client = Peers.CLIENT.connect(clientTransport, Peers.BOBS_KEY);
      SecretChannel server = accepting.get();

      ByteBuffer bytes = ByteBuffer.allocate(MOVED_AT_ONCE);
      Moves moves = () -> server.write(bytes.clear());
      if (Direction.valueOf(arguments[0]) == Direction.READING) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        serverTransport.output = sent;
        for (int written = 0; written < 2 * BYTES; ) {
          written += moves.move();
        }
        clientTransport.input = new ByteArrayInputStream(sent.toByteArray());
        moves = () -> client.read(bytes.clear());
      } else {
        serverTransport.output = OutputStream.nullOutputStream();
      }
      System.out.println(
          othersHaveTheirTurnBeside(moves)
              ? "the others had their turn in between"
              : "some had to wait to the end");
      System.exit(0);
    }

    /** The others are started by threads that are not virtual, as a socket wakes one. */
    private static boolean othersHaveTheirTurnBeside(Moves moves) throws Exception {
      ExecutorService threads =
          (ExecutorService)
              Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
      CountDownLatch moving = new CountDownLatch(1);
      AtomicBoolean waiting = new AtomicBoolean();
      CountDownLatch turns = new CountDownLatch(OTHERS);
      Future<Boolean> turned =
          threads.submit(
              () -> {
                moving.countDown();
                while (!waiting.get()) {
                  Thread.onSpinWait();
                }
                for (int moved = 0; moved < BYTES; ) {
                  moved += moves.move();
                }
                return turns.getCount() == 0;
              });
      moving.await();
      for (int i = 0; i < OTHERS; i++) {
        Thread starter = new Thread(() -> threads.execute(turns::countDown));
        starter.start();
        starter.join();
      }
      waiting.set(true);
      return turned.get();
    }
  }

  /** A call that moves bytes, and says how many. */
  private interface Moves {
    int move() throws IOException;
  }

  /** A transport that can be put aside for streams that never make anybody wait. */
  private static final class ReadyTransport implements ByteChannel {
    private final ByteChannel transport;
    private volatile @Nullable OutputStream output;
    private volatile @Nullable InputStream input;

    ReadyTransport(ByteChannel transport) {
      this.transport = transport;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
      return input == null ? transport.read(dst) : Channels.newChannel(input).read(dst);
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
      return output == null ? transport.write(src) : Channels.newChannel(output).write(src);
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
}
