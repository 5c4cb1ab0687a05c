package org.secrethandshake.handshake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

/**
 * No key is made of a secret that was not agreed, and a broken backend is told from a closed end.
 */
class ProtocolOrderTest {
  private static final byte[] K = NetworkKey.SCUTTLEBUTT.exportBytes();

  @Test
  void aSecretThatIsNotAgreedHasNoValue() {
    try (Secrets secrets = new Secrets()) {
      Secrets.Secret ab = secrets.secret("ab");
      IllegalStateException early = assertThrows(IllegalStateException.class, ab::get);
      assertTrue(early.getMessage().startsWith("ab is not agreed yet"), early.getMessage());
      ab.agree(new byte[] {7});
      assertArrayEquals(new byte[] {7}, ab.get());
    }
  }

  @Test
  void everySecretIsWipedAtOnce() {
    Secrets secrets = new Secrets();
    byte[] named = {1, 2};
    byte[] intermediate = {3, 4};
    secrets.secret("H").agree(named);
    secrets.keep(intermediate);
    secrets.close();
    assertArrayEquals(new byte[2], named);
    assertArrayEquals(new byte[2], intermediate);
  }

  @Test
  void theClientMakesNoSessionBeforeClientAuthenticate() {
    Endpoint alice = Sides.side(Sides.ALICE);
    try (ClientProtocol protocol =
        new ClientProtocol(
            Sides.CRYPTO,
            K.clone(),
            Sides.ALICE.copy(Sides.CRYPTO),
            alice.serverKey(Sides.BOB.publicKey()))) {
      protocol.clientHello();
      assertThrows(RuntimeException.class, () -> protocol.sessionKeys(new byte[80]));
    }
  }

  @Test
  void theServerMakesNoAnswerBeforeClientAuthenticate() {
    try (ServerProtocol protocol =
        new ServerProtocol(Sides.CRYPTO, K.clone(), Sides.BOB.copy(Sides.CRYPTO))) {
      assertNotAgreed(protocol::serverAccept);
      assertNotAgreed(protocol::sessionKeys);
    }
  }

  private static void assertNotAgreed(org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalStateException.class, call).getMessage();
    assertTrue(message.contains("is not agreed yet"), message);
  }

  @Test
  void anEndpointThatClosesMeanwhileIsNotABrokenBackend() throws Exception {
    for (int round = 0; round < 300; round++) {
      Endpoint endpoint = Sides.side(Sides.BOB);
      Thread closer = new Thread(endpoint::close);
      closer.start();
      try {
        for (int i = 0; i < 20; i++) {
          endpoint.server().close();
        }
      } catch (IllegalStateException closed) {
        assertEquals("this endpoint is closed and its keys are wiped", closed.getMessage());
      }
      closer.join();
      assertThrows(IllegalStateException.class, endpoint::server);
    }
  }

  @Test
  void aBackendThatBreaksIsReportedInOneWayAtEveryCall() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    int needed = callsOfOneHandshake(calls, Integer.MAX_VALUE);
    assertTrue(needed > 20, "calls of both sides: " + needed);
    for (int broken = 1; broken <= needed; broken++) {
      int call = broken;
      CryptoProviderException said =
          assertThrows(
              CryptoProviderException.class,
              () -> callsOfOneHandshake(calls, call),
              "call " + call + " of the backend");
      assertTrue(said.getMessage().contains("broke while"), said.getMessage());
    }
  }

  /** Runs both sides over a backend that breaks at one of its calls. */
  private static int callsOfOneHandshake(AtomicInteger calls, int broken)
      throws HandshakeException {
    Breakable crypto = new Breakable(calls, broken);
    Endpoint client = new Endpoint(crypto, NetworkKey.SCUTTLEBUTT, Sides.ALICE);
    Endpoint server = new Endpoint(crypto, NetworkKey.SCUTTLEBUTT, Sides.BOB);
    ServerKey bob = client.serverKey(Sides.BOB.publicKey());
    calls.set(0);
    crypto.armed = true;
    Sides sides = new Sides(client.client(bob), server.server());
    sides.run();
    try (Session session = sides.client.finish()) {
      session.boxer().close();
      session.unboxer().close();
    }
    return calls.get();
  }

  /** A backend that throws what no backend should, at its nth call. */
  private static final class Breakable extends DelegatingCryptoProvider {
    private final AtomicInteger calls;
    private final int broken;
    private boolean armed;

    Breakable(AtomicInteger calls, int broken) {
      super(Sides.CRYPTO);
      this.calls = calls;
      this.broken = broken;
    }

    private void call() {
      if (armed && calls.incrementAndGet() == broken) {
        throw new ArithmeticException("a cosmic ray");
      }
    }

    @Override
    public void randomBytes(byte[] out) {
      call();
      super.randomBytes(out);
    }

    @Override
    public void sign(byte[] seed, byte[] publicKey, byte[] message, byte[] signature) {
      call();
      super.sign(seed, publicKey, message, signature);
    }

    @Override
    public java.util.Optional<org.secrethandshake.spi.VerifyKey> verifyKey(byte[] publicKey) {
      call();
      return super.verifyKey(publicKey);
    }

    @Override
    public void scalarMultBase(byte[] scalar, byte[] point) {
      call();
      super.scalarMultBase(scalar, point);
    }

    @Override
    public boolean scalarMult(byte[] scalar, byte[] point, byte[] shared) {
      call();
      return super.scalarMult(scalar, point, shared);
    }

    @Override
    public void signSeedToScalar(byte[] seed, byte[] scalar) {
      call();
      super.signSeedToScalar(seed, scalar);
    }

    @Override
    public void auth(byte[] key, byte[] message, byte[] tag) {
      call();
      super.auth(key, message, tag);
    }

    @Override
    public void hash(byte[] message, byte[] digest) {
      call();
      super.hash(message, digest);
    }

    @Override
    public org.secrethandshake.spi.SecretBox secretBox(byte[] key) {
      call();
      return super.secretBox(key);
    }
  }
}
