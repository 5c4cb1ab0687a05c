package org.secrethandshake.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.Handshakes;
import org.secrethandshake.conformance.Scene;
import org.secrethandshake.conformance.hostile.Insider.Met;
import org.secrethandshake.conformance.hostile.Proof.Part;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Key-compromise impersonation: whoever has stolen the long-term secret of one peer poses to that
 * very peer as somebody else. Towards others the thief is that peer, which nothing can prevent.
 */
final class Compromises {
  private static final byte[] THIEF_SEED = Scene.filled(0x0d);
  private static final byte[] ZEROS = new byte[CryptoProvider.POINT_BYTES];
  private static final byte[] NOTHING = {};
  private static final byte[] NO_SIGNATURE = new byte[CryptoProvider.SIGNATURE_BYTES];

  private Compromises() {}

  static List<Attack> attacks() {
    return List.of(
        new Attack(
            "the thief of the client's long-term secret A poses as the server that it dials, with"
                + " every guess of aB and every signature that it can get",
            "client",
            Compromises::thiefOfClient),
        new Attack(
            "the same by a thief who knows aB, too",
            "client",
            Compromises::thiefOfClientWhoKnowsAll),
        new Attack(
            "the thief of the server's long-term secret B poses as a client, with every signature"
                + " that it can get",
            "server",
            Compromises::thiefOfServer),
        new Attack(
            "no promise: the thief of B is that server for all clients",
            "client",
            Compromises::thiefAsServer),
        new Attack(
            "no promise: the thief of A is that client for all servers",
            "server",
            Compromises::thiefAsClient));
  }

  private static void thiefOfClient(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Formulas formulas = Scene.formulas(crypto);
    byte[] curveB = formulas.curve(formulas.publicKey(Scene.SERVER_SEED));
    byte[] thiefsScalar = Insider.SCALAR;
    for (byte[] signature : serverSignatures(crypto)) {
      for (int guess = 0; guess <= 6; guess++) {
        try (ClientHandshake client = Scene.client(crypto)) {
          Met met = Insider.of(crypto, THIEF_SEED).meet(client);
          byte[] a = Formulas.pointOf(met.hello());
          byte[] guessed =
              switch (guess) {
                case 0 -> ZEROS;
                case 1 -> formulas.agree(thiefsScalar, a);
                case 2 -> formulas.agree(formulas.scalar(THIEF_SEED), a);
                case 3 -> formulas.agree(formulas.scalar(Scene.CLIENT_SEED), a);
                case 4 -> formulas.agree(formulas.scalar(Scene.CLIENT_SEED), curveB);
                case 5 -> formulas.agree(thiefsScalar, curveB);
                default -> NOTHING;
              };
          Proof proof =
              accept(crypto, met).with(Part.BOX_A_SERVER, guessed).with(Part.SIGNATURE, signature);
          outcomes.addRefusal(Refusal.SERVER_BOX, proof.message(), client);
        }
      }
    }
  }

  private static void thiefOfClientWhoKnowsAll(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Formulas formulas = Scene.formulas(crypto);
    for (byte[] signature : serverSignatures(crypto)) {
      try (ClientHandshake client = Scene.client(crypto)) {
        Met met = Insider.of(crypto, THIEF_SEED).meet(client);
        byte[] aB =
            formulas.agree(formulas.scalar(Scene.SERVER_SEED), Formulas.pointOf(met.hello()));
        Proof proof =
            accept(crypto, met).with(Part.BOX_A_SERVER, aB).with(Part.SIGNATURE, signature);
        outcomes.addRefusal(Refusal.SERVER_SIGNATURE, proof.message(), client);
      }
    }
  }

  /** Ed25519 is deterministic, so the thief makes {@code H} itself, which it cannot read. */
  private static Proof accept(CryptoProvider crypto, Met met) {
    Formulas formulas = Scene.formulas(crypto);
    byte[] ab = formulas.agree(Insider.SCALAR, Formulas.pointOf(met.hello()));
    byte[] signed =
        Formulas.concat(Scene.NETWORK, formulas.publicKey(Scene.SERVER_SEED), formulas.hash(ab));
    byte[] clientProof =
        Formulas.concat(
            formulas.sign(Scene.CLIENT_SEED, signed), formulas.publicKey(Scene.CLIENT_SEED));
    return Insider.of(crypto, THIEF_SEED).asServer(met.hello(), clientProof);
  }

  /** The thief's own, the stolen identity's, the server's of another session, and none. */
  private static List<byte[]> serverSignatures(CryptoProvider crypto) throws HandshakeException {
    Formulas formulas = Scene.formulas(crypto);
    byte[] serverKey = formulas.publicKey(Scene.SERVER_SEED);
    Insider asClient = Insider.of(crypto, Scene.CLIENT_SEED);
    try (ServerHandshake server = Scene.server(crypto)) {
      byte[] serverHello = asClient.helloOf(server);
      Handshakes.deliver(asClient.asClient(serverHello, serverKey).message(), server);
      server.accept();
      byte[] ofServer = asClient.readAccept(serverHello, serverKey, Handshakes.sent(server));
      return List.of(
          formulas.sign(THIEF_SEED, ofServer),
          formulas.sign(Scene.CLIENT_SEED, ofServer),
          ofServer,
          NO_SIGNATURE);
    }
  }

  private static void thiefOfServer(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Formulas formulas = Scene.formulas(crypto);
    byte[] clientKey = formulas.publicKey(Scene.CLIENT_SEED);
    byte[] serverKey = formulas.publicKey(Scene.SERVER_SEED);
    Insider thief = Insider.of(crypto, THIEF_SEED);
    for (byte[] signer : List.of(THIEF_SEED, Scene.SERVER_SEED)) {
      try (ServerHandshake server = Scene.server(crypto)) {
        Proof proof = thief.asClient(thief.helloOf(server), serverKey);
        byte[] message = proof.with(Part.SIGNER, signer).with(Part.CLAIMED, clientKey).message();
        outcomes.addRefusal(Refusal.CLIENT_SIGNATURE, message, server);
      }
    }
    for (byte[] signature : List.of(signatureOfClientThatDialsTheThief(crypto), NO_SIGNATURE)) {
      try (ServerHandshake server = Scene.server(crypto)) {
        Proof proof = thief.asClient(thief.helloOf(server), serverKey);
        byte[] message =
            proof.with(Part.SIGNATURE, signature).with(Part.CLAIMED, clientKey).message();
        outcomes.addRefusal(Refusal.CLIENT_SIGNATURE, message, server);
      }
    }
  }

  private static byte[] signatureOfClientThatDialsTheThief(CryptoProvider crypto)
      throws HandshakeException {
    Insider asServer = Insider.of(crypto, Scene.SERVER_SEED);
    try (ClientHandshake client = Scene.client(crypto)) {
      return Arrays.copyOf(asServer.read(asServer.meet(client)), CryptoProvider.SIGNATURE_BYTES);
    }
  }

  private static void thiefAsServer(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Insider thief = Insider.of(crypto, Scene.SERVER_SEED);
    try (ClientHandshake client = Scene.client(crypto)) {
      Met met = thief.meet(client);
      Handshakes.deliver(thief.asServer(met.hello(), thief.read(met)).message(), client);
      assertEquals(Handshake.Step.DONE, client.step());
      outcomes.add("accepted (" + client + ")");
    }
  }

  private static void thiefAsClient(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    byte[] serverKey = Scene.formulas(crypto).publicKey(Scene.SERVER_SEED);
    Insider thief = Insider.of(crypto, Scene.CLIENT_SEED);
    try (ServerHandshake server = Scene.server(crypto)) {
      Handshakes.deliver(thief.asClient(thief.helloOf(server), serverKey).message(), server);
      assertEquals(Handshake.Step.AUTHORIZE, server.step());
      outcomes.add("accepted (" + server + ")");
    }
  }
}
