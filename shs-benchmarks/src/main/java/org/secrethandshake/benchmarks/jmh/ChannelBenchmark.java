package org.secrethandshake.benchmarks.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.secrethandshake.channel.SecretChannel;

/**
 * Channels over loopback TCP. The far end is served by other threads of this process, on the same
 * processor.
 */
public class ChannelBenchmark extends PerProvider {
  /** What one operation of a stream writes. */
  static final int CHUNK_BYTES = 64 * 1024;

  /** More than sockets hold. */
  private static final int CHUNKS_AHEAD = 128;

  @Benchmark
  public int oneWay(OneWay channel) throws IOException {
    return channel.write();
  }

  @Benchmark
  public ByteBuffer requestResponse(RequestResponse channel) throws IOException {
    return channel.roundTrip();
  }

  /**
   * A connection made, the handshake over it, and the connection cut, without the goodbyes that are
   * no part of a handshake. As many are in flight as the benchmark has threads.
   */
  @Benchmark
  public void connect(Server server) throws IOException {
    server.loopback.dial().abort();
  }

  /** A server that cuts what it accepts. */
  @State(Scope.Benchmark)
  public static class Server extends PerProvider {
    Loopback loopback;

    @Setup
    public void start() throws IOException {
      loopback = new Loopback(crypto(), SecretChannel::abort);
    }

    @TearDown
    public void stop() {
      loopback.close();
    }
  }

  /** A channel and the server that serves its far end. */
  public abstract static class Pair extends PerProvider {
    private Loopback loopback;
    SecretChannel near;

    Pair() {}

    @Setup(Level.Trial)
    public void open() throws IOException {
      loopback = new Loopback(crypto(), this::serve);
      near = loopback.dial();
    }

    abstract void serve(SecretChannel far) throws IOException;

    @TearDown(Level.Trial)
    public void close() {
      near.abort();
      loopback.close();
    }
  }

  /** A channel whose far end reads all that is written. */
  public static class OneWay extends Pair {
    private final Ring<ByteBuffer> chunks = Ring.ofBuffers(CHUNK_BYTES);

    @Override
    void serve(SecretChannel far) throws IOException {
      ByteBuffer received = ByteBuffer.allocate(CHUNK_BYTES);
      while (far.read(received.clear()) >= 0) {}
    }

    /**
     * Fills the sockets as they will be at the end: what they hold then was written in time but
     * never read, and would else make a short iteration look faster.
     */
    @Setup(Level.Iteration)
    public void fillSockets() throws IOException {
      for (int i = 0; i < CHUNKS_AHEAD; i++) {
        write();
      }
    }

    final int write() throws IOException {
      return near.write(chunks.next().clear());
    }
  }

  /** A channel whose far end sends back what it reads. */
  public static class RequestResponse extends Pair {
    /** The length of the request, and of its response. */
    @Param({"16", "256", "1024"})
    int size;

    private Ring<ByteBuffer> requests;
    private ByteBuffer response;

    @Setup
    public void makeRequests() {
      requests = Ring.ofBuffers(size);
      response = ByteBuffer.allocate(size);
    }

    @Override
    void serve(SecretChannel far) throws IOException {
      ByteBuffer received = ByteBuffer.allocate(size);
      while (far.read(received.clear()) >= 0) {
        far.write(received.flip());
      }
    }

    final ByteBuffer roundTrip() throws IOException {
      near.write(requests.next().clear());
      response.clear();
      while (response.hasRemaining()) {
        if (near.read(response) < 0) {
          throw new IllegalStateException("the far end has said goodbye");
        }
      }
      return response;
    }
  }
}
