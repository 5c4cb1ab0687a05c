package org.secrethandshake.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.boxstream.Unboxer;
import org.secrethandshake.handshake.Handshake.Step;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/**
 * No array with a secret that was handed to the backend outlives the handshake it belongs to. That
 * is what a backend can see; {@code WipingTest} searches a whole heap.
 */
class HandedArraysTest {
  private final Observer alice = new Observer();
  private final Observer bob = new Observer();
  private final Endpoint aliceSide = new Endpoint(alice, NetworkKey.SCUTTLEBUTT, Sides.ALICE);
  private final Endpoint bobSide = new Endpoint(bob, NetworkKey.SCUTTLEBUTT, Sides.BOB);
  private final Sides sides = new Sides(aliceSide, bobSide);

  @Test
  void areWipedWhenAHandshakeIsClosed() throws Exception {
    Sides.give(sides.server, sides.untilOnTheWay(Message.CLIENT_AUTHENTICATE));
    assertTrue(alice.secrets() > 10, "of the client: " + alice.secrets());
    assertTrue(bob.secrets() > 10, "of the server: " + bob.secrets());
    sides.client.close();
    sides.server.close();
    closeEndpoints();
    assertEquals(List.of(), alice.left());
    assertEquals(List.of(), bob.left());
  }

  @Test
  void areWipedWhenAHandshakeIsDone() throws Exception {
    sides.run();
    assertEquals(Step.DONE, sides.client.step());
    assertEquals(List.of("the seed of an identity"), alice.left());
    try (Session session = sides.client.finish();
        Boxer boxer = session.boxer();
        Unboxer unboxer = session.unboxer()) {
      assertTrue(alice.secrets() > 10, "with the keys of both directions: " + alice.secrets());
    }
    sides.client.close();
    closeEndpoints();
    assertEquals(List.of(), alice.left());
  }

  @Test
  void areWipedWhenThePeerLies() throws Exception {
    byte[] message = sides.untilOnTheWay(Message.CLIENT_AUTHENTICATE);
    message[50] ^= 1;
    assertThrows(HandshakeException.class, () -> Sides.give(sides.server, message));
    closeEndpoints();
    assertEquals(List.of(), bob.left());
  }

  @Test
  void areWipedWhenTheBackendBreaks() throws Exception {
    byte[] message = sides.untilOnTheWay(Message.CLIENT_AUTHENTICATE);
    bob.broken = true;
    assertThrows(CryptoProviderException.class, () -> Sides.give(sides.server, message));
    assertEquals(Step.FAILED, sides.server.step());
    closeEndpoints();
    assertEquals(List.of(), bob.left());
  }

  private void closeEndpoints() {
    aliceSide.close();
    bobSide.close();
  }

  /** Keeps every array with a secret that passes through it. */
  private static final class Observer extends DelegatingCryptoProvider {
    private record Secret(String name, byte[] array) {}

    private final List<Secret> seen = new ArrayList<>();
    private boolean broken;

    Observer() {
      super(Sides.CRYPTO);
    }

    int secrets() {
      return seen.size();
    }

    List<String> left() {
      return seen.stream()
          .filter(secret -> !Bytes.isZero(secret.array()))
          .map(Secret::name)
          .toList();
    }

    private void see(String name, byte[] array) {
      seen.add(new Secret(name, array));
    }

    @Override
    public void randomBytes(byte[] out) {
      super.randomBytes(out);
      see("random bytes", out);
    }

    @Override
    public void signPublicKey(byte[] seed, byte[] publicKey) {
      see("the seed of an identity", seed);
      super.signPublicKey(seed, publicKey);
    }

    @Override
    public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
      see("the seed of a signature", seed);
      see("what is signed", message);
      see("a signature", signature);
      super.sign(seed, publicKey, message, signature);
    }

    @Override
    public Optional<VerifyKey> verifyKey(byte[] publicKey) {
      return super.verifyKey(publicKey)
          .map(
              key ->
                  new VerifyKey() {
                    @Override
                    public boolean verify(byte[] message, byte[] signature) {
                      see("what was signed", message);
                      see("the peer's signature", signature);
                      return key.verify(message, signature);
                    }

                    @Override
                    public void point(byte[] point) {
                      key.point(point);
                    }
                  });
    }

    @Override
    public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
      see("a scalar", scalar);
      see("a shared secret", shared);
      return super.scalarMult(scalar, point, shared);
    }

    @Override
    public void signSeedToScalar(byte[] seed, byte[] scalar) {
      see("the seed of a scalar", seed);
      see("the scalar of an identity", scalar);
      super.signSeedToScalar(seed, scalar);
    }

    @Override
    public void auth(byte[] key, byte[] message, byte[] tag) {
      see("a network key", key);
      super.auth(key, message, tag);
    }

    @Override
    public void hash(byte[] message, byte[] digest) {
      see("what is hashed", message);
      see("a hash", digest);
      super.hash(message, digest);
    }

    @Override
    public SecretBox secretBox(byte[] key) {
      see("the key of a box", key);
      if (broken) {
        throw new ArithmeticException("a cosmic ray");
      }
      return super.secretBox(key);
    }
  }
}
