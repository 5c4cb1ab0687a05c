package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.secrethandshake.conformance.Handshakes.deliver;
import static org.secrethandshake.conformance.Handshakes.sent;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.Session;
import org.secrethandshake.handshake.SessionKeys;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.ScriptedRandomness;

/** Repeats the reference's functions with our handshakes over one backend. */
record Steps(CryptoProvider crypto, List<StepVector> vectors) {

  void run(StepVector vector) throws HandshakeException {
    switch (vector.function()) {
      case "initialize" -> initialize(vector);
      case "createChallenge" -> createChallenge(vector);
      case "verifyChallenge" -> verifyChallenge(vector);
      case "clientVerifyChallenge" -> clientVerifyChallenge(vector);
      case "clientCreateAuth" -> clientCreateAuth(vector);
      case "serverVerifyAuth" -> serverVerifyAuth(vector);
      case "serverCreateAccept" -> serverCreateAccept(vector);
      case "clientVerifyAccept" -> clientVerifyAccept(vector).close();
      case "clean" -> clean(vector);
      case "toKeys" -> toKeys(vector);
      default -> throw new AssertionError("no mapping for " + vector);
    }
  }

  private void initialize(StepVector vector) {
    Formulas formulas = formulas(vector);
    check(vector, vector.state("local.kx_sk"), formulas.scalar(vector.state("random")));
    check(vector, vector.state("local.kx_pk"), formulas.point(vector.state("local.kx_sk")));
    check(vector, vector.state("local.publicKey"), formulas.publicKey(vector.seed()));
    vector
        .stateIfAny("seed")
        .ifPresent(
            seed -> check(vector, vector.state("local.publicKey"), formulas.publicKey(seed)));
    check(vector, localHello(vector), formulas.hello(vector.state("local.kx_pk")));
  }

  private void createChallenge(StepVector vector) {
    try (ClientHandshake client = client(vector, vector.state("local.publicKey"))) {
      check(vector, vector.output(), sent(client));
    }
  }

  private void verifyChallenge(StepVector vector) throws HandshakeException {
    try (ServerHandshake server = server(vector)) {
      if (vector.isRefusal()) {
        refused(Reason.WRONG_NETWORK, vector, server);
      } else {
        deliver(vector.message(), server);
        check(vector, localHello(vector), sent(server));
        checkAgreement(vector);
      }
    }
  }

  private void clientVerifyChallenge(StepVector vector) throws HandshakeException {
    try (ClientHandshake client = client(vector, vector.state("remote.publicKey"))) {
      sent(client);
      if (vector.isRefusal()) {
        refused(Reason.WRONG_NETWORK, vector, client);
      } else {
        deliver(vector.message(), client);
        checkAgreement(vector);
        byte[] point = formulas(vector).curve(vector.state("remote.publicKey"));
        byte[] aB = formulas(vector).agree(vector.state("local.kx_sk"), point);
        check(vector, vector.outcome("a_bob"), aB);
        byte[] opened =
            formulas(vector).open(vector.outcome("secret2"), sent(client)).orElseThrow();
        check(vector, vector.outcome("local.hello"), opened);
      }
    }
  }

  private void clientCreateAuth(StepVector vector) throws HandshakeException {
    try (ClientHandshake client = clientBeforeAuthenticate(vector)) {
      check(vector, vector.output(), sent(client));
    }
  }

  private void serverVerifyAuth(StepVector vector) throws HandshakeException {
    try (ServerHandshake server = serverBeforeAuthenticate(vector)) {
      if (vector.isRefusal()) {
        refused(Reason.BAD_CLIENT_AUTH, vector, server);
        return;
      }
      deliver(vector.message(), server);
      check(vector, vector.outcome("remote.publicKey"), server.clientKey().bytes());
      server.accept();
      byte[] key = vector.outcome("secret3");
      assertTrue(formulas(vector).open(key, sent(server)).isPresent(), vector.toString());
    }
  }

  /** Leaves the server with its serverAccept sent. */
  private ServerHandshake serverCreateAccept(StepVector vector) throws HandshakeException {
    ServerHandshake server = serverBeforeAuthenticate(vector);
    deliver(formulas(vector).box(vector.state("secret2"), vector.state("remote.hello")), server);
    server.accept();
    check(vector, vector.output(), sent(server));
    return server;
  }

  private ClientHandshake clientVerifyAccept(StepVector vector) throws HandshakeException {
    ClientHandshake client = clientBeforeAuthenticate(vector);
    sent(client);
    deliver(vector.message(), client);
    return client;
  }

  /** Wipes a state down to the outcome of the call before. */
  private void clean(StepVector vector) throws HandshakeException {
    StepVector before = vectors.get(vector.number() - 1);
    byte[] secret = formulas(before).hash(before.state("secret3"));
    check(vector, vector.outcome("secret"), secret);
    try (Handshake handshake =
            before.function().equals("serverCreateAccept")
                ? serverCreateAccept(before)
                : clientVerifyAccept(before);
        Session session = handshake.finish();
        SessionKeys keys = session.exportKeysUnsafe()) {
      check(vector, vector.outcome("encryptKey"), keys.sendKey());
      check(vector, vector.outcome("decryptKey"), keys.receiveKey());
    }
  }

  /** Takes a seed or a whole key pair; both times the pair that belongs to the seed comes out. */
  private void toKeys(StepVector vector) {
    byte[] secretKey = vector.outcome("secretKey");
    byte[] seed = Arrays.copyOf(secretKey, CryptoProvider.SEED_BYTES);
    byte[] publicKey = new Formulas(crypto, new byte[0]).publicKey(seed);
    check(vector, vector.outcome("publicKey"), publicKey);
    check(vector, secretKey, Formulas.concat(seed, publicKey));
    if (vector.args().get(0).isJsonPrimitive()) {
      assertEquals(HexFormat.of().formatHex(seed), vector.args().get(0).getAsString());
    } else {
      assertEquals(vector.args().get(0), vector.result());
    }
  }

  private ClientHandshake clientBeforeAuthenticate(StepVector vector) throws HandshakeException {
    ClientHandshake client = client(vector, vector.state("remote.publicKey"));
    check(vector, localHello(vector), sent(client));
    deliver(vector.remoteHello(), client);
    return client;
  }

  private ServerHandshake serverBeforeAuthenticate(StepVector vector) throws HandshakeException {
    ServerHandshake server = server(vector);
    deliver(vector.remoteHello(), server);
    check(vector, localHello(vector), sent(server));
    return server;
  }

  private ClientHandshake client(StepVector vector, byte[] serverKey) {
    return Handshakes.client(scripted(vector), vector.network(), vector.seed(), serverKey);
  }

  private ServerHandshake server(StepVector vector) {
    return Handshakes.server(scripted(vector), vector.network(), vector.seed());
  }

  private CryptoProvider scripted(StepVector vector) {
    return new ScriptedRandomness(crypto, vector.state("local.kx_sk"));
  }

  private Formulas formulas(StepVector vector) {
    return new Formulas(crypto, vector.network());
  }

  /** {@code ab} and its hash, as both verifications of a hello return them. */
  private void checkAgreement(StepVector vector) {
    byte[] theirs = Formulas.pointOf(vector.message());
    byte[] ab = formulas(vector).agree(vector.state("local.kx_sk"), theirs);
    check(vector, vector.outcome("secret"), ab);
    check(vector, vector.outcome("shash"), formulas(vector).hash(ab));
  }

  private static byte[] localHello(StepVector vector) {
    return Formulas.concat(vector.state("local.app_mac"), vector.state("local.kx_pk"));
  }

  private static void refused(Reason reason, StepVector vector, Handshake handshake) {
    HandshakeException refusal =
        assertThrows(HandshakeException.class, () -> deliver(vector.message(), handshake));
    assertEquals(reason, refusal.reason(), vector.toString());
    assertEquals(Handshake.Step.FAILED, handshake.step(), vector.toString());
  }

  private static void check(StepVector vector, byte[] recorded, byte[] ours) {
    assertArrayEquals(recorded, ours, vector.toString());
  }
}
