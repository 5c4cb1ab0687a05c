package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channels;
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
        "the other had its turn in between",
        ForkedJava.run(
            "-Djdk.virtualThreadScheduler.parallelism=1",
            "-Djdk.virtualThreadScheduler.maxPoolSize=1",
            "-cp",
            ForkedJava.classPath(entry -> true),
            OneCarrier.class.getName(),
            direction.name()));
  }

  /** Moves bytes over transports that are always ready, while another virtual thread waits. */
  static final class OneCarrier {
    private static final int BYTES = 8 * FairShare.SHARE_BYTES;

    private OneCarrier() {}

    public static void main(String[] arguments) throws Exception {
      Transports.Pair pair = Transports.pair();
      Recording serverTransport = new Recording(pair.right());
      Recording clientTransport = new Recording(pair.left());
      Future<SecretChannel> accepting =
          Peers.THREADS.submit(() -> Peers.SERVER.accept(serverTransport, Authorizer.anyone()));
      SecretChannel client = Peers.CLIENT.connect(clientTransport, Peers.BOBS_KEY);
      SecretChannel server = accepting.get();

      ByteBuffer bytes = ByteBuffer.allocate(BYTES);
      serverTransport.taken = new ByteArrayOutputStream();
      Moves writing = () -> server.write(bytes.clear());
      Moves reading = () -> client.read(bytes.clear());
      writing.move();
      clientTransport.given = new ByteArrayInputStream(serverTransport.taken.toByteArray());
      boolean turn =
          Direction.valueOf(arguments[0]) == Direction.WRITING
              ? otherHasItsTurnDuring(writing)
              : otherHasItsTurnDuring(reading);
      System.out.println(turn ? "the other had its turn in between" : "it had to wait to the end");
      System.exit(0);
    }

    private static boolean otherHasItsTurnDuring(Moves moves) throws Exception {
      ExecutorService threads =
          (ExecutorService)
              Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
      AtomicBoolean turn = new AtomicBoolean();
      return threads
          .submit(
              () -> {
                threads.execute(() -> turn.set(true));
                for (int moved = 0; moved < BYTES; ) {
                  moved += moves.move();
                }
                return turn.get();
              })
          .get();
    }
  }

  /** A call that moves bytes, and says how many. */
  private interface Moves {
    int move() throws IOException;
  }

  /** A transport that is put aside: then it takes all at once, and gives at once what it has. */
  private static final class Recording implements ByteChannel {
    private final ByteChannel transport;
    private volatile @Nullable ByteArrayOutputStream taken;
    private volatile @Nullable ByteArrayInputStream given;

    Recording(ByteChannel transport) {
      this.transport = transport;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
      return given == null ? transport.read(dst) : Channels.newChannel(given).read(dst);
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
      return taken == null ? transport.write(src) : Channels.newChannel(taken).write(src);
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
