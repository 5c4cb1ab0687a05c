package org.secrethandshake.conformance;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.Local;
import org.secrethandshake.handshake.Remote;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.spi.CryptoProvider;

/**
 * A program that prints, for the backend named by its argument, what one whole handshake costs
 * (both sides, one thread, a kept {@link Remote}) and what sealing plus opening a packet costs: the
 * best of nine rounds in microseconds. {@code scripts/figures} runs it beside the floor and the
 * reference.
 */
public final class Figures {
  private static final int ROUNDS = 9;
  private static final int HANDSHAKES = 400;
  private static final int PACKETS = 5000;
  private static final double NANOS_PER_MICRO = 1e3;

  private final CryptoProvider crypto;
  private final ByteBuffer wire = ByteBuffer.allocate(Boxer.packetBytes(Boxer.MAX_BODY_BYTES));
  private final ByteBuffer opened = ByteBuffer.allocate(Boxer.MAX_BODY_BYTES);

  private Figures(CryptoProvider crypto) {
    this.crypto = crypto;
  }

  /** Measures the backend that the only argument names. */
  public static void main(String[] arguments) throws Exception {
    new Figures(CryptoProviders.named(arguments[0])).print();
  }

  private void print() throws Exception {
    try (IdentityKeyPair alice = IdentityKeyPair.generate(crypto);
        IdentityKeyPair bob = IdentityKeyPair.generate(crypto);
        Local client = new Local(crypto, NetworkKey.SCUTTLEBUTT, alice);
        Local server = new Local(crypto, NetworkKey.SCUTTLEBUTT, bob)) {
      Remote remote = client.remote(bob.publicKey());
      print("handshake, both sides", best(HANDSHAKES, () -> handshake(client, server, remote)));
    }
    byte[] key = new byte[32];
    byte[] nonce = new byte[24];
    try (Boxer boxer = new Boxer(crypto, key, nonce);
        Unboxer unboxer = new Unboxer(crypto, key, nonce)) {
      for (int length : new int[] {64, 1024, 4096}) {
        ByteBuffer plaintext = ByteBuffer.allocate(length);
        print(
            "packet of " + length + " sealed and opened",
            best(PACKETS, () -> packet(boxer, unboxer, plaintext)));
      }
    }
  }

  private void handshake(Local client, Local server, Remote remote) throws HandshakeException {
    try (ClientHandshake dialling = client.client(remote);
        ServerHandshake answering = server.server()) {
      pass(dialling, answering);
      pass(answering, dialling);
      pass(dialling, answering);
      answering.accept();
      pass(answering, dialling);
      try (Session one = dialling.finish();
          Session other = answering.finish()) {
        if (!one.peer().equals(remote.key()) || other.peer().equals(remote.key())) {
          throw new AssertionError("the handshake ended with the wrong peers");
        }
      }
    }
  }

  private void pass(Handshake from, Handshake to) throws HandshakeException {
    from.send(wire.clear());
    to.receive(wire.flip());
  }

  private void packet(Boxer boxer, Unboxer unboxer, ByteBuffer plaintext)
      throws BoxStreamException {
    boxer.box(plaintext.clear(), wire.clear());
    unboxer.unbox(wire.flip(), opened.clear());
  }

  private static double best(int repetitions, Operation operation) throws Exception {
    double best = Double.MAX_VALUE;
    for (int warmUp = 0; warmUp < 5 * repetitions; warmUp++) {
      operation.run();
    }
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < repetitions; i++) {
        operation.run();
      }
      best = Math.min(best, (double) (System.nanoTime() - start) / repetitions);
    }
    return best / NANOS_PER_MICRO;
  }

  private static void print(String name, double micros) {
    System.out.printf(Locale.ROOT, "%-34s %9.3f us%n", name, micros);
  }

  private interface Operation {
    void run() throws Exception;
  }
}
