package org.secrethandshake.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.boxstream.Boxer;
import org.secrethandshake.conformance.Formulas;
import org.secrethandshake.conformance.Handshakes;
import org.secrethandshake.conformance.Scene;
import org.secrethandshake.conformance.hostile.Recording.Cast;
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
final class Claims {
  private static final int SESSIONS = 40;

  /** Four standard deviations. */
  private static final int LUCK = 13;

  private static final byte[] TEXT = "a secret".getBytes(StandardCharsets.UTF_8);
  private static final byte[] WRONG_GUESS = Scene.filled(0x55);
  private static final String RIGHT = "guessed right";
  private static final String WRONG = "guessed wrong";

  /** What an adversary holds of a session whose cast it may look at. */
  private interface Grant {
    List<byte[]> of(Cast cast, Formulas formulas);
  }

  /** Makes a recording. */
  private interface Conversation {
    Recording of(CryptoProvider crypto, Cast cast) throws HandshakeException;
  }

  private enum Guessed {
    CLIENT("client"),
    SERVER("server");

    private final String side;

    Guessed(String side) {
      this.side = side;
    }
  }

  private static final Conversation HONEST = (crypto, cast) -> Recording.of(crypto, cast, TEXT);
  private static final Conversation WRONG_NUMBER = Recording::ofWrongNumber;
  private static final Grant NOTHING = (cast, formulas) -> List.of();
  private static final Grant EPHEMERAL = (cast, formulas) -> List.of(cast.a());
  private static final Grant OWN_EPHEMERAL = (cast, formulas) -> List.of(cast.b());
  private static final Grant LONG_TERM =
      (cast, formulas) -> List.of(formulas.scalar(cast.client()), formulas.scalar(cast.server()));
  private static final Grant EPHEMERAL_AND_SERVERS =
      (cast, formulas) -> List.of(formulas.scalar(cast.server()), cast.b());

  private Claims() {}

  static List<Attack> attacks() {
    List<Attack> games = new ArrayList<>();
    for (Guessed guessed : Guessed.values()) {
      games.add(withheld("an eavesdropper", HONEST, guessed, NOTHING));
      games.add(withheld("who later steals both long-term secrets", HONEST, guessed, LONG_TERM));
      // A man in the middle is a wrong number, too: he puts his own ephemeral key into serverHello.
      games.add(withheld("a wrong number", WRONG_NUMBER, guessed, OWN_EPHEMERAL));
      games.add(won("an eavesdropper who knows a", HONEST, guessed, EPHEMERAL));
      games.add(won("who knows b and B", HONEST, guessed, EPHEMERAL_AND_SERVERS));
    }
    games.add(
        won(
            "a wrong number that later gets the secret of the server that was meant",
            WRONG_NUMBER,
            Guessed.CLIENT,
            EPHEMERAL_AND_SERVERS));
    games.add(
        new Attack(
            "a client that is not let in tests a guess of the server's key by the answer",
            "server",
            Claims::answerWithoutPermission));
    games.add(
        new Attack(
            "no promise: a client that may come in tests a guess of the server's key by the answer",
            "server",
            Claims::answerWithPermission));
    games.add(
        new Attack(
            "a replayer tests by the answer whom a recorded client meant",
            "server",
            Claims::answerToReplay));
    games.add(
        new Attack(
            "no promise: an eavesdropper tells the lengths of texts",
            "both",
            Claims::lengthsOfTexts));
    return games;
  }

  private static Attack withheld(
      String who, Conversation conversation, Guessed guessed, Grant grant) {
    return new Attack(
        who + " confirms a guess of a key",
        guessed.side,
        (crypto, outcomes) -> {
          play(crypto, conversation, guessed, grant, outcomes);
          assertChance(outcomes.of(RIGHT));
        });
  }

  private static Attack won(String who, Conversation conversation, Guessed guessed, Grant grant) {
    return new Attack(
        "no promise: " + who + " confirms a guess of a key",
        guessed.side,
        (crypto, outcomes) -> {
          play(crypto, conversation, guessed, grant, outcomes);
          assertEquals(SESSIONS, outcomes.of(RIGHT));
        });
  }

  private static void answerWithoutPermission(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    for (byte[] guess : List.of(Scene.SERVER_SEED, WRONG_GUESS)) {
      boolean answered = answers(crypto, guess, false);
      assertFalse(answered);
      outcomes.add(words(answered));
    }
  }

  private static void answerWithPermission(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    for (byte[] guess : List.of(Scene.SERVER_SEED, WRONG_GUESS)) {
      boolean answered = answers(crypto, guess, true);
      assertEquals(guess == Scene.SERVER_SEED, answered);
      outcomes.add(words(answered));
    }
  }

  private static String words(boolean answered) {
    return answered ? "answered" : "not answered";
  }

  private static void answerToReplay(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Random random = new Random(3);
    for (byte[] meant : List.of(Scene.SERVER_SEED, WRONG_GUESS)) {
      Cast cast = new Cast(Scene.CLIENT_SEED, meant, bytes(random), bytes(random));
      Recording recording = Recording.of(crypto, cast, TEXT);
      try (ServerHandshake server = Scene.server(crypto)) {
        Handshakes.deliver(recording.clientHello(), server);
        Handshakes.sent(server);
        outcomes.addRefusal(Refusal.CLIENT_BOX, recording.clientAuthenticate(), server);
      }
    }
  }

  private static void lengthsOfTexts(CryptoProvider crypto, Outcomes outcomes)
      throws HandshakeException {
    Random random = new Random(4);
    Cast cast = new Cast(Scene.CLIENT_SEED, Scene.SERVER_SEED, bytes(random), bytes(random));
    for (int length : new int[] {3, 300}) {
      int told =
          Recording.of(crypto, cast, new byte[length]).packet().length - Boxer.packetBytes(0);
      assertEquals(length, told);
      outcomes.add("told");
    }
  }

  /** Plays all sessions. */
  private static void play(
      CryptoProvider crypto,
      Conversation conversation,
      Guessed guessed,
      Grant grant,
      Outcomes outcomes)
      throws HandshakeException {
    Random random = new Random(guessed.ordinal());
    Formulas formulas = Scene.formulas(crypto);
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
      outcomes.add(answer == truth ? RIGHT : WRONG);
    }
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
