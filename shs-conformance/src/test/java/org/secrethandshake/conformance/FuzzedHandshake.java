package org.secrethandshake.conformance;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.ScriptedRandomness;

/** A handshake of ours with a crafted peer, one of whose messages is damaged at random. */
final class FuzzedHandshake {
  static final String ACCEPTED = "accepted";

  /** What is damaged: a message on its way, or what the peer put into it. */
  enum Target {
    CLIENT_HELLO,
    CLIENT_EPHEMERAL,
    CLIENT_AUTHENTICATE,
    CLIENT_PROOF,
    SERVER_HELLO,
    SERVER_EPHEMERAL,
    SERVER_ACCEPT,
    SERVER_PROOF
  }

  /**
   * What became of one.
   *
   * @param damaged whether the damage means anything
   * @param outcome the reason of the refusal, or {@link #ACCEPTED}
   */
  record Result(Target target, boolean damaged, String outcome) {}

  private final CryptoProvider crypto;
  private final Random random;
  private final Target target;
  private boolean damaged;

  private FuzzedHandshake(CryptoProvider crypto, long number) {
    this.crypto = crypto;
    // Neighbouring seeds begin with similar numbers, so the first ones are dropped.
    this.random = new Random(Fuzz.SEED * 1_000_003 + number);
    random.nextLong();
    this.target = Target.values()[random.nextInt(Target.values().length)];
  }

  static Result run(CryptoProvider crypto, long number) {
    FuzzedHandshake fuzzed = new FuzzedHandshake(crypto, number);
    boolean ourServer = fuzzed.target.ordinal() < Target.SERVER_HELLO.ordinal();
    String outcome = ourServer ? fuzzed.runServer() : fuzzed.runClient();
    return new Result(fuzzed.target, fuzzed.damaged, outcome);
  }

  private String runServer() {
    CraftedClient client = new CraftedClient(crypto);
    try (ServerHandshake ours = Scene.server(scripted())) {
      try {
        byte[] point = point(Target.CLIENT_EPHEMERAL, client.point());
        byte[] hello = damage(Target.CLIENT_HELLO, Scene.formulas(crypto).hello(point));
        client.exchangeHellos(hello, ours);
        byte[] key = Scene.formulas(crypto).publicKey(Scene.CLIENT_SEED);
        byte[] proof = Formulas.concat(client.signature(Scene.CLIENT_SEED), key);
        byte[] message = client.authenticate(damage(Target.CLIENT_PROOF, proof));
        deliverInPieces(damage(Target.CLIENT_AUTHENTICATE, message), ours);
        return ACCEPTED;
      } catch (HandshakeException e) {
        Scene.assertDead(ours);
        return e.reason().name();
      }
    }
  }

  private String runClient() {
    CraftedServer server = new CraftedServer(crypto);
    try (ClientHandshake ours = Scene.client(scripted())) {
      try {
        byte[] point = point(Target.SERVER_EPHEMERAL, server.point());
        server.meet(damage(Target.SERVER_HELLO, Scene.formulas(crypto).hello(point)), ours);
        byte[] proof = damage(Target.SERVER_PROOF, server.signature(Scene.SERVER_SEED));
        deliverInPieces(damage(Target.SERVER_ACCEPT, server.accept(proof)), ours);
        return ACCEPTED;
      } catch (HandshakeException e) {
        Scene.assertDead(ours);
        return e.reason().name();
      }
    }
  }

  private byte[] damage(Target here, byte[] bytes) {
    if (target != here) {
      return bytes;
    }
    byte[] mutated = Mutation.mutate(bytes, random);
    damaged = !Arrays.equals(bytes, mutated);
    return mutated;
  }

  /** As {@link #damage}; but X25519 ignores the top bit, so damage there means nothing. */
  private byte[] point(Target here, byte[] point) {
    byte[] mutated = damage(here, point);
    byte[] difference = mutated.clone();
    difference[difference.length - 1] ^= (byte) ((mutated[31] ^ point[31]) & 0x80);
    damaged &= !Arrays.equals(point, difference);
    return mutated;
  }

  private CryptoProvider scripted() {
    byte[] scalar = new byte[CryptoProvider.SCALAR_BYTES];
    random.nextBytes(scalar);
    return new ScriptedRandomness(crypto, scalar);
  }

  private void deliverInPieces(byte[] message, Handshake handshake) throws HandshakeException {
    ByteBuffer left = ByteBuffer.wrap(message);
    boolean complete = false;
    while (!complete) {
      int length = Math.min(left.remaining(), random.nextInt(message.length));
      ByteBuffer piece = left.slice(left.position(), length);
      complete = handshake.receive(piece);
      left.position(left.position() + length);
    }
  }
}
