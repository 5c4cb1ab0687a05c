package org.secrethandshake.benchmarks.beside;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A program for a JVM of its own: what one backend moves one way between two threads, over a {@code
 * SecretChannel} on loopback TCP. It does what {@code interop/throughput.js} does with the
 * reference: the same writes, and rounds that end when the receiver has said that it has all.
 */
record OneWay(int roundBytes, int warmUps, int rounds) {
  static final String FIGURE = "one-way-megabyte";

  private static final OneWay WHOLE = new OneWay(32 * 1024 * 1024, 30, 10);
  private static final int WRITE_BYTES = 64 * 1024;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double BYTES_PER_MEGABYTE = 1e6;

  /** Measures the backend that the only argument names. */
  public static void main(String[] arguments) throws Exception {
    System.out.println(WHOLE.measure(CryptoProviders.named(arguments[0])).print());
  }

  Readings measure(CryptoProvider crypto) throws Exception {
    try (IdentityKeyPair both = IdentityKeyPair.generate(crypto);
        SecretHandshake shs =
            SecretHandshake.builder()
                .crypto(crypto)
                .network(NetworkKey.SCUTTLEBUTT)
                .identity(both)
                .build();
        ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      FutureTask<Void> receiver = start(() -> receive(shs, listener));
      List<Double> samples = send(shs, both, listener);
      finish(receiver);
      return new Readings(crypto.description(), Map.of(FIGURE, samples));
    }
  }

  private static FutureTask<Void> start(Callable<Void> work) {
    FutureTask<Void> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "receiver");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  // Its failure says more than the sender's, which only saw the connection end.
  private static void finish(FutureTask<Void> receiver) throws IOException, InterruptedException {
    try {
      receiver.get();
    } catch (ExecutionException e) {
      throw new IOException("the receiver failed", e.getCause());
    }
  }

  private Void receive(SecretHandshake shs, ServerSocketChannel listener) throws IOException {
    try (SecretChannel channel = shs.accept(prompt(listener.accept()), Authorizer.anyone())) {
      ByteBuffer buffer = ByteBuffer.allocate(WRITE_BYTES);
      for (int round = 0; round < warmUps + rounds; round++) {
        int left = roundBytes;
        while (left > 0) {
          left -= channel.read(buffer.clear().limit(Math.min(left, WRITE_BYTES)));
        }
        channel.write(ByteBuffer.allocate(1));
      }
      channel.read(buffer.clear());
      return null;
    }
  }

  private List<Double> send(SecretHandshake shs, IdentityKeyPair both, ServerSocketChannel listener)
      throws IOException {
    SocketChannel socket = prompt(SocketChannel.open(listener.getLocalAddress()));
    try (SecretChannel channel = shs.connect(socket, shs.serverKey(both.publicKey()))) {
      List<Double> samples = new ArrayList<>();
      for (int round = 0; round < warmUps + rounds; round++) {
        samples.add(round(channel));
      }
      return samples.subList(warmUps, samples.size());
    }
  }

  /** The microseconds of a megabyte. */
  private double round(SecretChannel channel) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(WRITE_BYTES);
    long start = System.nanoTime();
    for (int sent = 0; sent < roundBytes; sent += WRITE_BYTES) {
      channel.write(data.clear());
    }
    channel.read(ByteBuffer.allocate(1));
    double micros = (System.nanoTime() - start) / NANOS_PER_MICRO;
    return micros * BYTES_PER_MEGABYTE / roundBytes;
  }

  private static SocketChannel prompt(SocketChannel socket) throws IOException {
    return socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }
}
