package org.secrethandshake.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.SignatureVector;

/**
 * A server that holds the network key, knows even the shared secrets, and puts into its messages
 * whatever it likes. A client believes it if it signs with the seed of the key that was dialled,
 * and with no other.
 */
class CraftedServerFuzzTest {
  private static final Formulas F = Cast.FORMULAS;

  static Stream<byte[]> seeds() {
    Stream<byte[]> bits =
        Stream.of(
            Damage.bit(255, CryptoProvider.POINT_BYTES),
            Input.concat(Damage.none(), Damage.bit(511, CryptoProvider.SIGNATURE_BYTES)));
    Stream<byte[]> reflected = Stream.of(Damage.instead(Cast.CLIENT_POINT));
    Stream<byte[]> others =
        SignatureVector.adversarial()
            .map(vector -> Input.concat(Damage.none(), Damage.instead(vector.signature())));
    Stream<byte[]> lowOrder = LowOrder.points().map(Damage::instead);
    return Stream.of(bits, reflected, lowOrder, others).flatMap(seeds -> seeds);
  }

  @MethodSource("seeds")
  @FuzzTest
  void isBelievedOnlyIfItOwnsTheKeyThatWasDialled(byte[] bytes) {
    Input input = new Input(bytes);
    byte[] point = input.damage(CryptoProvider.POINT_BYTES).to(Cast.SERVER_POINT);
    Damage signatureDamage = input.damage(CryptoProvider.SIGNATURE_BYTES);
    byte[] seed = input.damage(CryptoProvider.SEED_BYTES).to(Cast.SERVER_SEED);

    try (ClientHandshake client = Cast.client()) {
      assertArrayEquals(Cast.HONEST.clientHello(), Delivery.sent(client));
      Optional<byte[]> ab = F.agree(Cast.CLIENT_SCALAR, point);
      Optional<Reason> refusal = refusalOf(point, ab.isPresent());
      assertEquals(refusal, outcome(client, F.hello(point)));
      if (refusal.isPresent()) {
        Delivery.assertDead(client);
        return;
      }
      byte[] aB = F.agree(Cast.CLIENT_SCALAR, F.curve(Cast.SERVER_KEY)).orElseThrow();
      byte[] secret = ab.orElseThrow();
      byte[] proof = F.sign(Cast.CLIENT_SEED, Cast.NETWORK, Cast.SERVER_KEY, F.hash(secret));
      byte[] H = Input.concat(proof, Cast.CLIENT_KEY);
      assertArrayEquals(F.box(F.hash(Cast.NETWORK, secret, aB), H), Delivery.sent(client));

      byte[] signature = signatureDamage.to(F.sign(seed, Cast.NETWORK, H, F.hash(secret)));
      byte[] honest = F.sign(Cast.SERVER_SEED, Cast.NETWORK, H, F.hash(secret));
      byte[] Ab = F.agree(F.scalar(Cast.CLIENT_SEED), point).orElseThrow();
      byte[] accept = F.box(F.hash(Cast.NETWORK, secret, aB, Ab), signature);
      if (Arrays.equals(honest, signature)) {
        assertEquals(Optional.empty(), outcome(client, accept));
        try (Session session = client.finish()) {
          assertEquals(IdentityKey.of(Cast.SERVER_KEY), session.peer());
        }
      } else {
        assertEquals(Optional.of(Reason.BAD_SERVER_ACCEPT), outcome(client, accept));
        Delivery.assertDead(client);
      }
    }
  }

  /** What the hello is refused for. */
  private static Optional<Reason> refusalOf(byte[] point, boolean agreed) {
    if (Formulas.isSamePoint(point, Cast.CLIENT_POINT)) {
      return Optional.of(Reason.REFLECTED);
    }
    return agreed ? Optional.empty() : Optional.of(Reason.LOW_ORDER);
  }

  private static Optional<Reason> outcome(ClientHandshake client, byte[] message) {
    try {
      assertTrue(Delivery.whole(message).message(client));
      return Optional.empty();
    } catch (HandshakeException e) {
      return Optional.of(e.reason());
    }
  }
}
