package org.secrethandshake.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.conformance.CraftedClient;
import org.secrethandshake.conformance.CraftedServer;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.Scene;
import org.secrethandshake.conformance.UnsafeEncodings;
import org.secrethandshake.conformance.matrix.Signer;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.Edwards25519;

/**
 * Every value of every message, encoded as no honest peer does: of small order, of mixed order, not
 * canonical, on no point, or not reduced. Signatures are made so that the equation holds for all
 * who multiply by the cofactor.
 */
final class UnsafeValues {
  /** S + 15 L has more than 256 bits. */
  private static final int MOST_EXCESS = 14;

  private static final int NO_POINTS = 8;
  private static final byte[] NONCE_SEED = Scene.filled(0x08);

  private UnsafeValues() {}

  static List<Attack> attacks() {
    return List.of(
        new Attack("a_p not reduced, of large order", "server", UnsafeValues::clientEphemeral),
        new Attack("b_p not reduced, of large order", "client", UnsafeValues::serverEphemeral),
        new Attack(
            "A_p of small or mixed order, not canonical or on no point",
            "server",
            UnsafeValues::clientIdentity),
        new Attack(
            "B_p of small or mixed order, not canonical or on no point, as dialled",
            "client",
            UnsafeValues::serverIdentity),
        new Attack(
            "R of small or mixed order or not canonical", "server", UnsafeValues::clientNonce),
        new Attack(
            "R of small or mixed order or not canonical", "client", UnsafeValues::serverNonce),
        new Attack("S + kL in place of S", "server", UnsafeValues::clientScalar),
        new Attack("S + kL in place of S", "client", UnsafeValues::serverScalar));
  }

  /** Nobody knows their secret scalars, so whoever sends them has to guess what was agreed. */
  private static List<byte[]> largeOrderNotReduced() {
    return UnsafeEncodings.notCanonical().stream()
        .filter(point -> LowOrder.EPHEMERALS.stream().noneMatch(low -> Arrays.equals(low, point)))
        .toList();
  }

  private static void clientEphemeral(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Ours asIs = new Ours(crypto);
    byte[] key = Scene.formulas(crypto).publicKey(Scene.CLIENT_SEED);
    for (byte[] point : largeOrderNotReduced()) {
      CraftedClient client = new CraftedClient(crypto);
      try (ServerHandshake server = asIs.server()) {
        client.exchangeHellosAround(point, server);
        byte[] proof = client.authenticate(client.signature(Scene.CLIENT_SEED), key);
        outcomes.addRefusal(Refusal.CLIENT_BOX, proof, server);
      }
    }
  }

  private static void serverEphemeral(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Ours asIs = new Ours(crypto);
    for (byte[] point : largeOrderNotReduced()) {
      CraftedServer server = new CraftedServer(crypto);
      try (ClientHandshake client = asIs.client()) {
        server.meet(Scene.formulas(crypto).hello(point), client);
        byte[] accept = server.accept(server.signature(Scene.SERVER_SEED));
        outcomes.addRefusal(Refusal.SERVER_BOX, accept, client);
      }
    }
  }

  private static void clientIdentity(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Ours asIs = new Ours(crypto);
    for (Ours ours : Ours.credulousToo(crypto)) {
      for (byte[] key : UnsafeEncodings.points()) {
        CraftedClient client = new CraftedClient(crypto);
        try (ServerHandshake server = ours.server()) {
          client.exchangeHellos(server);
          byte[] proof = client.authenticate(client.signature(Scene.CLIENT_SEED), key);
          outcomes.addRefusal(Refusal.CLIENT_KEY, proof, server);
        }
      }
    }
    for (Signer signer : mixedKeys(signer(crypto, Scene.CLIENT_SEED))) {
      CraftedClient client = new CraftedClient(crypto);
      try (ServerHandshake server = asIs.server()) {
        client.exchangeHellos(server);
        Signer.Signed signed = signer.sign(client.signed(), 0);
        byte[] proof = client.authenticate(signed.signature(), signed.publicKey());
        outcomes.addRefusal(Refusal.CLIENT_KEY, proof, server);
      }
    }
    for (byte[] key : noPoints()) {
      CraftedClient client = new CraftedClient(crypto);
      try (ServerHandshake server = asIs.server()) {
        client.exchangeHellos(server);
        byte[] proof = client.authenticate(client.signature(Scene.CLIENT_SEED), key);
        outcomes.addRefusal(Refusal.CLIENT_KEY, proof, server);
      }
    }
  }

  private static void serverIdentity(CryptoProvider crypto, Outcomes outcomes) {
    Ours asIs = new Ours(crypto);
    for (Ours ours : Ours.credulousToo(crypto)) {
      UnsafeEncodings.points().forEach(key -> cannotBeDialled(ours, key, outcomes));
    }
    mixedKeys(signer(crypto, Scene.SERVER_SEED))
        .forEach(signer -> cannotBeDialled(asIs, signer.key().encoding(), outcomes));
    noPoints().forEach(key -> cannotBeDialled(asIs, key, outcomes));
  }

  private static void cannotBeDialled(Ours ours, byte[] key, Outcomes outcomes) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> ours.clientEndpoint().serverKey(IdentityKey.of(key)));
    outcomes.add(String.valueOf(refusal.getMessage()).replaceAll(":.*", ""));
  }

  private static void clientNonce(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Ours asIs = new Ours(crypto);
    Signer honest = signer(crypto, Scene.CLIENT_SEED);
    for (Ours ours : Ours.credulousToo(crypto)) {
      for (Signer signer : smallNonces(honest)) {
        CraftedClient client = new CraftedClient(crypto);
        try (ServerHandshake server = ours.server()) {
          client.exchangeHellos(server);
          refused(signer.sign(client.signed(), 0), client, server, outcomes);
        }
      }
      for (byte[] r : UnsafeEncodings.notCanonical()) {
        CraftedClient client = new CraftedClient(crypto);
        try (ServerHandshake server = ours.server()) {
          client.exchangeHellos(server);
          refused(withR(r, honest.sign(client.signed(), 0)), client, server, outcomes);
        }
      }
    }
    for (Signer signer : mixedNonces(honest)) {
      CraftedClient client = new CraftedClient(crypto);
      try (ServerHandshake server = asIs.server()) {
        client.exchangeHellos(server);
        refused(signer.sign(client.signed(), 0), client, server, outcomes);
      }
    }
  }

  private static void refused(
      Signer.Signed signed, CraftedClient client, ServerHandshake server, Outcomes outcomes) {
    byte[] proof = client.authenticate(signed.signature(), signed.publicKey());
    outcomes.addRefusal(Refusal.CLIENT_SIGNATURE, proof, server);
  }

  private static void serverNonce(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Ours asIs = new Ours(crypto);
    Signer honest = signer(crypto, Scene.SERVER_SEED);
    for (Ours ours : Ours.credulousToo(crypto)) {
      for (Signer signer : smallNonces(honest)) {
        refused(crypto, ours, signer, 0, outcomes);
      }
      for (byte[] r : UnsafeEncodings.notCanonical()) {
        CraftedServer server = new CraftedServer(crypto);
        try (ClientHandshake client = ours.client()) {
          server.meet(client);
          byte[] signature = withR(r, honest.sign(server.signed(), 0)).signature();
          outcomes.addRefusal(Refusal.SERVER_SIGNATURE, server.accept(signature), client);
        }
      }
    }
    for (Signer signer : mixedNonces(honest)) {
      refused(crypto, asIs, signer, 0, outcomes);
    }
  }

  private static void refused(
      CryptoProvider crypto, Ours ours, Signer signer, int excess, Outcomes outcomes)
      throws HandshakeException {
    CraftedServer server = new CraftedServer(crypto);
    try (ClientHandshake client = ours.client()) {
      server.meet(client);
      byte[] signature = signer.sign(server.signed(), excess).signature();
      outcomes.addRefusal(Refusal.SERVER_SIGNATURE, server.accept(signature), client);
    }
  }

  private static void clientScalar(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Signer honest = signer(crypto, Scene.CLIENT_SEED);
    for (Ours ours : Ours.credulousToo(crypto)) {
      for (int excess = 1; excess <= MOST_EXCESS; excess++) {
        CraftedClient client = new CraftedClient(crypto);
        try (ServerHandshake server = ours.server()) {
          client.exchangeHellos(server);
          refused(honest.sign(client.signed(), excess), client, server, outcomes);
        }
      }
    }
  }

  private static void serverScalar(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Signer honest = signer(crypto, Scene.SERVER_SEED);
    for (Ours ours : Ours.credulousToo(crypto)) {
      for (int excess = 1; excess <= MOST_EXCESS; excess++) {
        refused(crypto, ours, honest, excess, outcomes);
      }
    }
  }

  private static Signer signer(CryptoProvider crypto, byte[] seed) {
    return Signer.of(crypto, seed, NONCE_SEED);
  }

  private static List<Signer> mixedKeys(Signer honest) {
    return IntStream.range(1, Edwards25519.TORSION.size())
        .mapToObj(torsion -> honest.plus(torsion, 0))
        .toList();
  }

  private static List<Signer> mixedNonces(Signer honest) {
    return IntStream.range(1, Edwards25519.TORSION.size())
        .mapToObj(torsion -> honest.plus(0, torsion))
        .toList();
  }

  private static List<Signer> smallNonces(Signer honest) {
    return Edwards25519.TORSION.stream()
        .map(small -> new Signer(honest.key(), honest.keyScalar(), small, BigInteger.ZERO))
        .toList();
  }

  private static Signer.Signed withR(byte[] r, Signer.Signed signed) {
    byte[] s = Arrays.copyOfRange(signed.signature(), r.length, signed.signature().length);
    return new Signer.Signed(signed.publicKey(), Formulas.concat(r, s));
  }

  /** The least y of which there is no point. */
  private static List<byte[]> noPoints() {
    return Stream.iterate(BigInteger.TWO, y -> y.add(BigInteger.ONE))
        .filter(y -> Edwards25519.withY(y).isEmpty())
        .limit(NO_POINTS)
        .map(Edwards25519::littleEndian)
        .toList();
  }
}
