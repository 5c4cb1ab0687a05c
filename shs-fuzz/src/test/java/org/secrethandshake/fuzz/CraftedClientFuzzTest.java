package org.secrethandshake.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.SignatureVector;

/**
 * A client that holds the network key, knows even the shared secrets, and puts into its messages
 * whatever it likes. A server lets it in under the identity whose seed it signs with, and no other.
 */
class CraftedClientFuzzTest {
  private static final Formulas F = Cast.FORMULAS;
  private static final byte[] ZERO = new byte[CryptoProvider.POINT_BYTES];

  static Stream<byte[]> seeds() {
    Stream<byte[]> bits =
        Stream.of(
            Damage.bit(255, CryptoProvider.POINT_BYTES),
            Input.concat(Damage.none(), Damage.bit(255, CryptoProvider.PUBLIC_KEY_BYTES)),
            Input.concat(
                Damage.none(), Damage.none(), Damage.bit(511, CryptoProvider.SIGNATURE_BYTES)));
    Stream<byte[]> reflected = Stream.of(Damage.instead(Cast.SERVER_POINT));
    Stream<byte[]> others =
        SignatureVector.adversarial()
            .map(
                vector ->
                    Input.concat(
                        Damage.none(),
                        Damage.instead(vector.publicKey()),
                        Damage.instead(vector.signature())));
    Stream<byte[]> lowOrder = LowOrder.points().map(Damage::instead);
    return Stream.of(bits, reflected, lowOrder, others).flatMap(seeds -> seeds);
  }

  @MethodSource("seeds")
  @FuzzTest
  void isLetInUnderItsOwnIdentityOnly(byte[] bytes) {
    Input input = new Input(bytes);
    byte[] point = input.damage(CryptoProvider.POINT_BYTES).to(Cast.CLIENT_POINT);
    Damage keyDamage = input.damage(CryptoProvider.PUBLIC_KEY_BYTES);
    Damage signatureDamage = input.damage(CryptoProvider.SIGNATURE_BYTES);
    byte[] seed = input.damage(CryptoProvider.SEED_BYTES).to(Cast.CLIENT_SEED);

    Optional<byte[]> agreedAb = F.agree(Cast.SERVER_SCALAR, point);
    byte[] ab = agreedAb.orElse(ZERO);
    byte[] aB = F.agree(F.scalar(Cast.SERVER_SEED), point).orElse(ZERO);
    byte[] signer = F.publicKey(seed);
    byte[] honestSignature = F.sign(seed, Cast.NETWORK, Cast.SERVER_KEY, F.hash(ab));
    byte[] key = keyDamage.to(signer);
    byte[] signature = signatureDamage.to(honestSignature);
    byte[] message = F.box(F.hash(Cast.NETWORK, ab, aB), Input.concat(signature, key));

    Optional<Reason> expected =
        expected(
            point,
            agreedAb.isPresent(),
            key,
            Arrays.equals(key, signer) && Arrays.equals(signature, honestSignature));
    try (ServerHandshake server = Cast.server()) {
      assertEquals(expected, outcome(server, F.hello(point), message));
      if (expected.isEmpty()) {
        assertEquals(IdentityKey.of(signer), server.clientKey());
      } else {
        assertThrows(IllegalStateException.class, server::clientKey);
        Delivery.assertDead(server);
      }
    }
  }

  private static Optional<Reason> expected(
      byte[] point, boolean agreed, byte[] key, boolean signed) {
    if (Formulas.isSamePoint(point, Cast.SERVER_POINT)) {
      return Optional.of(Reason.REFLECTED);
    }
    if (!agreed) {
      return Optional.of(Reason.LOW_ORDER);
    }
    if (!F.isKey(key)) {
      return Optional.of(Reason.INVALID_KEY);
    }
    return signed ? Optional.empty() : Optional.of(Reason.BAD_CLIENT_AUTH);
  }

  private static Optional<Reason> outcome(ServerHandshake server, byte[] hello, byte[] message) {
    try {
      assertTrue(Delivery.whole(hello).message(server));
      assertArrayEquals(Cast.HONEST.serverHello(), Delivery.sent(server));
      assertTrue(Delivery.whole(message).message(server));
      return Optional.empty();
    } catch (HandshakeException e) {
      return Optional.of(e.reason());
    }
  }
}
