package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.conformance.Recording.Cast;
import org.secrethandshake.handshake.ClientHandshake;
import org.secrethandshake.handshake.Handshake;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.spi.CryptoProvider;

/**
 * What the protocol withholds, as games. In each session a coin says which of two identities takes
 * part; the adversary, who knows both, holds what the claim grants and says which it was. A claim
 * holds if over all sessions it does no better than chance. Each such game is played once more with
 * one secret more in the adversary's hands, and then it always wins: so it is no fool.
 *
 * <p>The games that it wins by right are what the protocol does not promise.
 */
class ClaimsTest {
  private static final int SESSIONS = 40;

  /** Four standard deviations. */
  private static final int LUCK = 13;

  private static final byte[] TEXT = "a secret".getBytes(StandardCharsets.UTF_8);

  /** What an adversary holds of a session whose cast it may look at. */
  private interface Grant {
    List<byte[]> of(Cast cast, Formulas formulas);
  }

  /** Makes a recording. */
  private interface Conversation {
    Recording of(CryptoProvider crypto, Cast cast) throws HandshakeException;
  }

  private enum Guessed {
    CLIENT,
    SERVER
  }

  private static final Conversation HONEST = (crypto, cast) -> Recording.of(crypto, cast, TEXT);
  private static final Grant NOTHING = (cast, formulas) -> List.of();

  @BackendTest
  void anEavesdropperConfirmsNoKey(CryptoProvider crypto) throws Exception {
    Grant ephemeral = (cast, formulas) -> List.of(cast.a());
    for (Guessed guessed : Guessed.values()) {
      assertChance(wins(crypto, HONEST, guessed, NOTHING));
      assertEquals(SESSIONS, wins(crypto, HONEST, guessed, ephemeral));
    }
  }

  @BackendTest
  void aThiefOfAllLongTermSecretsConfirmsNoKeyOfARecordedSession(CryptoProvider crypto)
      throws Exception {
    Grant longTerm =
        (cast, formulas) -> List.of(formulas.scalar(cast.client()), formulas.scalar(cast.server()));
    Grant andEphemeral = (cast, formulas) -> List.of(formulas.scalar(cast.server()), cast.b());
    for (Guessed guessed : Guessed.values()) {
      assertChance(wins(crypto, HONEST, guessed, longTerm));
      assertEquals(SESSIONS, wins(crypto, HONEST, guessed, andEphemeral));
    }
  }

  /** A man in the middle is a wrong number, too: he puts his own ephemeral key into serverHello. */
  @BackendTest
  void aWrongNumberConfirmsNeitherWhoDialsNorWhomHeMeans(CryptoProvider crypto) throws Exception {
    Grant own = (cast, formulas) -> List.of(cast.b());
    for (Guessed guessed : Guessed.values()) {
      assertChance(wins(crypto, Recording::ofWrongNumber, guessed, own));
    }
  }

  /** No promise: what a wrong number has recorded opens once it gets that server's secret. */
  @BackendTest
  void aWrongNumberThatLaterGetsTheServersSecretLearnsWhoDialled(CryptoProvider crypto)
      throws Exception {
    Grant ownAndStolen = (cast, formulas) -> List.of(cast.b(), formulas.scalar(cast.server()));
    assertEquals(SESSIONS, wins(crypto, Recording::ofWrongNumber, Guessed.CLIENT, ownAndStolen));
  }

  @BackendTest
  void aClientThatIsNotLetInSeesTheSameWhetherItsGuessWasRight(CryptoProvider crypto)
      throws Exception {
    assertFalse(answers(crypto, Scene.SERVER_SEED, false));
    assertFalse(answers(crypto, Scene.filled(0x55), false));
  }

  /** No promise: whoever may come in tests a server's key by dialling it. */
  @BackendTest
  void aClientThatMayComeInTestsAServersKey(CryptoProvider crypto) throws Exception {
    assertTrue(answers(crypto, Scene.SERVER_SEED, true));
    assertFalse(answers(crypto, Scene.filled(0x55), true));
  }

  @BackendTest
  void aReplayerGetsTheSameWhoeverWasMeant(CryptoProvider crypto) throws Exception {
    Random random = new Random(3);
    for (byte[] meant : List.of(Scene.SERVER_SEED, Scene.filled(0x55))) {
      Cast cast = new Cast(Scene.CLIENT_SEED, meant, bytes(random), bytes(random));
      Recording recording = Recording.of(crypto, cast, TEXT);
      try (ServerHandshake server = Scene.server(crypto)) {
        Handshakes.deliver(recording.clientHello(), server);
        Handshakes.sent(server);
        Scene.assertRefused(Reason.BAD_CLIENT_AUTH, recording.clientAuthenticate(), server);
      }
    }
  }

  /** No promise: sizes show. */
  @BackendTest
  void aPacketShowsTheLengthOfItsText(CryptoProvider crypto) throws Exception {
    Random random = new Random(4);
    Cast cast = new Cast(Scene.CLIENT_SEED, Scene.SERVER_SEED, bytes(random), bytes(random));
    int shorter = Recording.of(crypto, cast, new byte[3]).packet().length;
    int longer = Recording.of(crypto, cast, new byte[300]).packet().length;
    assertEquals(297, longer - shorter);
  }

  /** Plays all sessions; how often the adversary is right. */
  private static int wins(
      CryptoProvider crypto, Conversation conversation, Guessed guessed, Grant grant)
      throws HandshakeException {
    Random random = new Random(guessed.ordinal());
    Formulas formulas = Scene.formulas(crypto);
    int wins = 0;
    for (int i = 0; i < SESSIONS; i++) {
      byte[][] candidates = {bytes(random), bytes(random)};
      int truth = random.nextInt(2);
      byte[] known = bytes(random);
      Cast cast = cast(guessed, candidates[truth], known, random);
      Recording recording = conversation.of(crypto, cast);
      Adversary adversary = new Adversary(crypto, grant.of(cast, formulas));
      boolean[] confirmed = new boolean[2];
      for (int guess = 0; guess < 2; guess++) {
        byte[] other = formulas.publicKey(known);
        byte[] key = formulas.publicKey(candidates[guess]);
        confirmed[guess] =
            guessed == Guessed.CLIENT
                ? adversary.confirms(recording, key, other)
                : adversary.confirms(recording, other, key);
      }
      int answer = confirmed[0] == confirmed[1] ? toss(formulas, recording) : confirmed[0] ? 0 : 1;
      wins += answer == truth ? 1 : 0;
    }
    return wins;
  }

  private static Cast cast(Guessed guessed, byte[] candidate, byte[] known, Random random) {
    return guessed == Guessed.CLIENT
        ? new Cast(candidate, known, bytes(random), bytes(random))
        : new Cast(known, candidate, bytes(random), bytes(random));
  }

  /** An answer that depends on all that was seen, when nothing was confirmed. */
  private static int toss(Formulas formulas, Recording recording) {
    byte[] seen =
        Formulas.concat(
            recording.clientHello(),
            recording.serverHello(),
            recording.clientAuthenticate(),
            recording.serverAccept(),
            recording.packet());
    return formulas.hash(seen)[0] & 1;
  }

  private static void assertChance(int wins) {
    int half = SESSIONS / 2;
    assertTrue(Math.abs(wins - half) <= LUCK, () -> wins + " of " + SESSIONS + " guesses right");
  }

  /** Whether the server answers the client's proof, if it dials a guess of the server's key. */
  private static boolean answers(CryptoProvider crypto, byte[] guess, boolean letIn)
      throws HandshakeException {
    byte[] guessed = Scene.formulas(crypto).publicKey(guess);
    try (ClientHandshake client =
            Handshakes.client(crypto, Scene.NETWORK, Scene.CLIENT_SEED, guessed);
        ServerHandshake server = Scene.server(crypto)) {
      Handshakes.deliver(Handshakes.sent(client), server);
      Handshakes.deliver(Handshakes.sent(server), client);
      byte[] proof = Handshakes.sent(client);
      try {
        Handshakes.deliver(proof, server);
      } catch (HandshakeException e) {
        assertFalse(Arrays.equals(guess, Scene.SERVER_SEED), "the right guess was not understood");
        return server.step() == Handshake.Step.SEND;
      }
      if (letIn) {
        server.accept();
      } else {
        server.refuse();
      }
      return server.step() == Handshake.Step.SEND;
    }
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[CryptoProvider.SEED_BYTES];
    random.nextBytes(bytes);
    return bytes;
  }
}
