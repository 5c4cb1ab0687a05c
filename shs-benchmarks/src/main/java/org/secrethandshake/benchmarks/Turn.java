package org.secrethandshake.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.benchmarks.jmh.Loopback;
import org.secrethandshake.benchmarks.jmh.Sides;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.SecretBox;

/**
 * A program for a JVM of its own: what one backend takes for what C does.
 *
 * <p>All figures are warmed up before the first is measured, and then measured in turn, so that the
 * compiler's threads, which share the core, are done when it counts.
 */
final class Turn {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final Duration ROUND = Duration.ofMillis(150);
  private static final int ROUNDS = 7;

  /** What {@code interop/throughput.js} does with the reference. */
  private static final int ONE_WAY_BYTES = 32 * 1024 * 1024;

  private static final int WRITE_BYTES = 64 * 1024;
  private static final int ONE_WAY_WARM_UPS = 30;
  private static final int ONE_WAY_ROUNDS = 10;

  private Turn() {}

  /** Arguments: {@code turn} or {@code one-way}, the backend, and how long to warm up, in ms. */
  public static void main(String[] arguments) throws Exception {
    CryptoProvider crypto = CryptoProviders.named(arguments[1]);
    if (arguments[0].equals("turn")) {
      turn(crypto, Duration.ofMillis(Long.parseLong(arguments[2])));
    } else {
      oneWay(crypto);
    }
  }

  private static void turn(CryptoProvider crypto, Duration warmUp) throws Exception {
    try (Sides sides = new Sides(crypto)) {
      List<Work> works = new ArrayList<>();
      works.add(new Work("handshake", 10, sides::handshake, new ArrayList<>()));
      // It is more code than a packet.
      works.get(0).repeat(warmUp);
      for (int bytes : List.of(64, 1024, 4096)) {
        works.add(new Work("packet " + bytes, 500, packets(crypto, bytes), new ArrayList<>()));
      }
      for (Work work : works) {
        work.repeat(warmUp);
      }
      for (int i = 0; i < ROUNDS; i++) {
        for (Work work : works) {
          work.samples.add(work.repeat(ROUND));
        }
      }
      for (Work work : works) {
        Child.Line.print(crypto.description(), work.figure, "µs", work.samples);
      }
    }
  }

  /** Packets of one length, boxed and then unboxed; their keys live as long as this JVM. */
  private static Operation packets(CryptoProvider crypto, int bodyBytes) {
    byte[] key = random(crypto, SecretBox.KEY_BYTES);
    byte[] nonce = random(crypto, SecretBox.NONCE_BYTES);
    Boxer boxer = new Boxer(crypto, key, nonce);
    Unboxer unboxer = new Unboxer(crypto, key, nonce);
    ByteBuffer plaintext = ByteBuffer.wrap(random(crypto, bodyBytes));
    ByteBuffer wire = ByteBuffer.allocate(Boxer.packetBytes(bodyBytes));
    ByteBuffer opened = ByteBuffer.allocate(bodyBytes);
    return () -> {
      boxer.box(plaintext.clear(), wire.clear());
      if (unboxer.unbox(wire.flip(), opened.clear()) != Unboxer.Result.BODY) {
        throw new AssertionError("a packet did not open");
      }
    };
  }

  private static byte[] random(CryptoProvider crypto, int bytes) {
    byte[] random = new byte[bytes];
    crypto.randomBytes(random);
    return random;
  }

  /** The same writes, and rounds that end when the receiver has said that it has all. */
  private static void oneWay(CryptoProvider crypto) throws IOException {
    try (Loopback loopback = new Loopback(crypto, Turn::receive);
        SecretChannel channel = loopback.dial()) {
      ByteBuffer data = ByteBuffer.allocate(WRITE_BYTES);
      List<Double> samples = new ArrayList<>();
      for (int round = 0; round < ONE_WAY_WARM_UPS + ONE_WAY_ROUNDS; round++) {
        long start = System.nanoTime();
        for (int sent = 0; sent < ONE_WAY_BYTES; sent += WRITE_BYTES) {
          channel.write(data.clear());
        }
        channel.read(ByteBuffer.allocate(1));
        // A byte in a microsecond is a megabyte in a second.
        samples.add(ONE_WAY_BYTES / ((System.nanoTime() - start) / NANOS_PER_MICRO));
      }
      List<Double> counted = samples.subList(ONE_WAY_WARM_UPS, samples.size());
      Child.Line.print(crypto.description(), "one way", "MB/s", counted);
    }
  }

  private static void receive(SecretChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(WRITE_BYTES);
    int left = ONE_WAY_BYTES;
    for (int count = channel.read(buffer); count >= 0; count = channel.read(buffer)) {
      left -= count;
      if (left == 0) {
        channel.write(ByteBuffer.allocate(1));
        left = ONE_WAY_BYTES;
      }
      buffer.clear().limit(Math.min(left, WRITE_BYTES));
    }
  }

  private interface Operation {
    void run() throws Exception;
  }

  /** One figure's work; {@code batch} is how often it runs between two looks at the clock. */
  private record Work(String figure, int batch, Operation operation, List<Double> samples) {
    /** Repeats it for a time; returns the microseconds of one. */
    double repeat(Duration time) throws Exception {
      long start = System.nanoTime();
      long count = 0;
      long elapsed = 0;
      while (elapsed < time.toNanos()) {
        for (int i = 0; i < batch; i++) {
          operation.run();
        }
        count += batch;
        elapsed = System.nanoTime() - start;
      }
      return elapsed / NANOS_PER_MICRO / count;
    }
  }
}
