package org.secrethandshake.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.Handshakes;
import org.secrethandshake.conformance.Scene;
import org.secrethandshake.conformance.hostile.Proof.Part;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.Edwards25519;
import org.secrethandshake.testkit.ScriptedRandomness;

/**
 * Unknown key share: E, a member of the network, wants A and B to share a session about which they
 * disagree: one of them takes E for its peer. E owns its identity and is let in under it.
 */
final class KeyShares {
  private static final byte[] E_SEED = Scene.filled(0x0d);
  private static final byte[] A_SCALAR = Scene.filled(0x0e);

  private KeyShares() {}

  static List<Attack> attacks() {
    return List.of(
        new Attack(
            "A dials E, who passes the session on to B, with A's very messages",
            "server",
            KeyShares::relaysTheSession),
        new Attack(
            "A dials E, who passes on to B what A has signed, in a session of its own",
            "server",
            KeyShares::relaysTheProof),
        new Attack(
            "A dials B; E, who knows a, puts its own clientAuthenticate in the place of A's and"
                + " hands B's serverAccept to A, as it is and in a box made for A",
            "client",
            KeyShares::takesThePlace),
        new Attack(
            "another key below A's signature: E's, A's opposite, A plus a point of small order",
            "server",
            KeyShares::claimsTheProof));
  }

  private static void relaysTheSession(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    try (ClientHandshake a = dialling(crypto, E_SEED);
        ServerHandshake b = Scene.server(crypto)) {
      Handshakes.deliver(Handshakes.sent(a), b);
      Handshakes.deliver(Handshakes.sent(b), a);
      outcomes.addRefusal(Refusal.CLIENT_BOX, Handshakes.sent(a), b);
    }
  }

  private static void relaysTheProof(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Formulas formulas = Scene.formulas(crypto);
    Insider e = Insider.of(crypto, E_SEED);
    try (ClientHandshake a = dialling(crypto, E_SEED);
        ServerHandshake b = Scene.server(crypto)) {
      byte[] proofOfA = e.read(e.meet(a));
      Proof proof =
          e.asClient(e.helloOf(b), formulas.publicKey(Scene.SERVER_SEED))
              .with(Part.SIGNATURE, Arrays.copyOf(proofOfA, CryptoProvider.SIGNATURE_BYTES))
              .with(Part.CLAIMED, formulas.publicKey(Scene.CLIENT_SEED));
      outcomes.addRefusal(Refusal.CLIENT_SIGNATURE, proof.message(), b);
    }
  }

  private static void takesThePlace(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Formulas formulas = Scene.formulas(crypto);
    byte[] serverKey = formulas.publicKey(Scene.SERVER_SEED);
    Insider e = new Insider(formulas, E_SEED, A_SCALAR);
    for (boolean inABoxForA : new boolean[] {false, true}) {
      try (ClientHandshake a = Scene.client(new ScriptedRandomness(crypto, A_SCALAR));
          ServerHandshake b = Scene.server(crypto)) {
        Handshakes.deliver(Handshakes.sent(a), b);
        byte[] serverHello = Handshakes.sent(b);
        Handshakes.deliver(serverHello, a);
        Handshakes.sent(a);
        Proof proofOfE = e.asClient(serverHello, serverKey);
        Handshakes.deliver(proofOfE.message(), b);
        assertEquals(IdentityKey.of(e.key()), b.clientKey());
        b.accept();
        byte[] accept = Handshakes.sent(b);
        if (inABoxForA) {
          byte[] signature = e.readAccept(serverHello, serverKey, accept);
          byte[] Ab =
              formulas.agree(formulas.scalar(Scene.CLIENT_SEED), Formulas.pointOf(serverHello));
          byte[] forA =
              proofOfE
                  .with(Part.BOX_CLIENT_B, Ab)
                  .with(Part.SIGNATURE, signature)
                  .with(Part.CLAIMED, new byte[0])
                  .message();
          outcomes.addRefusal(Refusal.SERVER_SIGNATURE, forA, a);
        } else {
          outcomes.addRefusal(Refusal.SERVER_BOX, accept, a);
        }
      }
    }
  }

  private static void claimsTheProof(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Formulas formulas = Scene.formulas(crypto);
    byte[] serverKey = formulas.publicKey(Scene.SERVER_SEED);
    Edwards25519 keyOfA = Edwards25519.decode(formulas.publicKey(Scene.CLIENT_SEED));
    byte[] opposite = keyOfA.encoding();
    opposite[opposite.length - 1] ^= (byte) 0x80;
    List<byte[]> valid = List.of(formulas.publicKey(E_SEED), opposite);
    List<byte[]> mixed = new ArrayList<>();
    Edwards25519.TORSION.stream()
        .skip(1)
        .forEach(small -> mixed.add(keyOfA.plus(small).encoding()));
    for (byte[] key : valid) {
      claim(crypto, serverKey, key, Refusal.CLIENT_SIGNATURE, outcomes);
    }
    for (byte[] key : mixed) {
      claim(crypto, serverKey, key, Refusal.CLIENT_KEY, outcomes);
    }
  }

  /** E knows A's ephemeral secret, and so opens A's clientAuthenticate and makes another. */
  private static void claim(
      CryptoProvider crypto, byte[] serverKey, byte[] key, Refusal expected, Outcomes outcomes)
      throws HandshakeException {
    Insider a = new Insider(Scene.formulas(crypto), Scene.CLIENT_SEED, A_SCALAR);
    try (ServerHandshake b = Scene.server(crypto)) {
      Proof proof = a.asClient(a.helloOf(b), serverKey);
      outcomes.addRefusal(expected, proof.with(Part.CLAIMED, key).message(), b);
    }
  }

  private static ClientHandshake dialling(CryptoProvider crypto, byte[] serverSeed) {
    byte[] serverKey = Scene.formulas(crypto).publicKey(serverSeed);
    return Handshakes.client(crypto, Scene.NETWORK, Scene.CLIENT_SEED, serverKey);
  }
}
