package org.secrethandshake.conformance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Whether a client that may not come in can tell by the time of the close whether it guessed the
 * server's key. Run by hand: {@code RefusalTimeRun BACKEND TRIES SEED}.
 *
 * <p>Over loopback, tries under the right and under a wrong key follow each other in random order.
 * The best threshold of the first half judges the second half; 50 % is chance.
 */
final class RefusalTimeRun {
  private static final int WARM_UP_TRIES = 200;

  private final SecretServer server;
  private final SecretHandshake guesser;
  private final IdentityKey right;
  private final IdentityKey wrong;

  private RefusalTimeRun(CryptoProvider crypto, SecretHandshake ours, IdentityKey right)
      throws IOException {
    this.server =
        SecretServer.builder(ours)
            .authorizer(Authorizer.only(Set.of()))
            .handler(channel -> {})
            .start(new InetSocketAddress("127.0.0.1", 0));
    this.right = right;
    try (IdentityKeyPair other = IdentityKeyPair.generate(crypto);
        IdentityKeyPair guesser = IdentityKeyPair.generate(crypto)) {
      this.wrong = other.publicKey();
      this.guesser = side(crypto, guesser);
    }
  }

  public static void main(String[] arguments) throws IOException {
    CryptoProvider crypto = CryptoProviders.named(arguments[0]);
    int tries = Integer.parseInt(arguments[1]);
    Random random = new Random(Long.parseLong(arguments[2]));
    try (IdentityKeyPair identity = IdentityKeyPair.generate(crypto);
        SecretHandshake ours = side(crypto, identity)) {
      RefusalTimeRun run = new RefusalTimeRun(crypto, ours, identity.publicKey());
      try {
        run.measure(WARM_UP_TRIES, random);
        System.out.println(crypto.description() + ": " + run.measure(tries, random));
      } finally {
        run.server.close();
        run.guesser.close();
      }
    }
  }

  private static SecretHandshake side(CryptoProvider crypto, IdentityKeyPair identity) {
    return SecretHandshake.builder()
        .crypto(crypto)
        .network(NetworkKey.SCUTTLEBUTT)
        .identity(identity)
        .build();
  }

  private String measure(int tries, Random random) throws IOException {
    boolean[] isRight = new boolean[tries];
    double[] micros = new double[tries];
    for (int i = 0; i < tries; i++) {
      isRight[i] = random.nextBoolean();
      micros[i] = closedAfter(isRight[i] ? right : wrong) / 1e3;
    }
    return String.format(
        Locale.ROOT,
        "%d tries, median %.0f us under the right key and %.0f us under a wrong one; %.1f %% told"
            + " apart",
        tries,
        median(micros, isRight, true),
        median(micros, isRight, false),
        100 * toldApart(micros, isRight));
  }

  /** Nanoseconds from the clientAuthenticate to the end of the connection. */
  private long closedAfter(IdentityKey key) throws IOException {
    try (SocketChannel socket = SocketChannel.open(server.localAddress());
        ClientHandshake handshake = guesser.client(guesser.serverKey(key))) {
      send(handshake, socket);
      ByteBuffer hello = ByteBuffer.allocate(handshake.bytesNeeded());
      while (hello.hasRemaining()) {
        if (socket.read(hello) < 0) {
          throw new IOException("the server closed early");
        }
      }
      handshake.receive(hello.flip());
      long sent = send(handshake, socket);
      if (socket.read(ByteBuffer.allocate(1)) >= 0) {
        throw new IOException("the server let us in");
      }
      return System.nanoTime() - sent;
    }
  }

  private static long send(Handshake handshake, SocketChannel socket) throws IOException {
    ByteBuffer message = ByteBuffer.allocate(handshake.bytesToSend());
    handshake.send(message);
    message.flip();
    long now = System.nanoTime();
    while (message.hasRemaining()) {
      socket.write(message);
    }
    return now;
  }

  private static double median(double[] micros, boolean[] isRight, boolean which) {
    double[] own = of(micros, isRight, which);
    return own[own.length / 2];
  }

  private static double[] of(double[] micros, boolean[] isRight, boolean which) {
    double[] own = new double[micros.length];
    int count = 0;
    for (int i = 0; i < micros.length; i++) {
      if (isRight[i] == which) {
        own[count++] = micros[i];
      }
    }
    double[] sorted = Arrays.copyOf(own, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** The share of the second half that the best threshold of the first half judges rightly. */
  private static double toldApart(double[] micros, boolean[] isRight) {
    int half = micros.length / 2;
    double best = -1;
    double threshold = 0;
    boolean rightIsLater = true;
    for (int i = 0; i < half; i++) {
      double later = judged(micros, isRight, 0, half, micros[i], true);
      if (Math.max(later, 1 - later) > best) {
        best = Math.max(later, 1 - later);
        threshold = micros[i];
        rightIsLater = later >= 1 - later;
      }
    }
    return judged(micros, isRight, half, micros.length, threshold, rightIsLater);
  }

  private static double judged(
      double[] micros,
      boolean[] isRight,
      int from,
      int to,
      double threshold,
      boolean rightIsLater) {
    int count = 0;
    for (int i = from; i < to; i++) {
      boolean later = micros[i] >= threshold;
      count += (later == rightIsLater) == isRight[i] ? 1 : 0;
    }
    return (double) count / (to - from);
  }
}
