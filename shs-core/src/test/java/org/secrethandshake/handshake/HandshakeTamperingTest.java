package org.secrethandshake.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;

class HandshakeTamperingTest {
  @ParameterizedTest
  @CsvSource({
    "CLIENT_HELLO, WRONG_NETWORK",
    "SERVER_HELLO, WRONG_NETWORK",
    "CLIENT_AUTHENTICATE, BAD_CLIENT_AUTH",
    "SERVER_ACCEPT, BAD_SERVER_ACCEPT"
  })
  void refusesEverySingleFlippedBit(Message message, Reason reason) throws Exception {
    for (int bit = 0; bit < message.length() * Byte.SIZE; bit++) {
      Sides sides = Sides.ofOneNetwork();
      byte[] bytes = sides.untilOnTheWay(message);
      bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      Handshake receiver = sides.receiver(message);
      HandshakeException refusal =
          assertThrows(HandshakeException.class, () -> Sides.give(receiver, bytes), "bit " + bit);
      assertEquals(reason, refusal.reason(), "bit " + bit);
      assertEquals(Handshake.Step.FAILED, receiver.step());
      assertEquals(0, receiver.bytesNeeded());
      assertThrows(IllegalStateException.class, () -> Sides.take(receiver), "silent afterwards");
    }
  }

  @Test
  void refusesHelloOfAnotherNetwork() {
    Endpoint stranger = new Endpoint(Sides.CRYPTO, NetworkKey.of(new byte[32]), Sides.ALICE);
    Sides sides = new Sides(stranger, Sides.side(Sides.BOB));
    assertReason(Reason.WRONG_NETWORK, () -> Sides.give(sides.server, Sides.take(sides.client)));
  }

  @Test
  void refusesClientThatDialledAnotherServerKey() throws Exception {
    Endpoint mallory = Sides.side(IdentityKeyPair.generate(Sides.CRYPTO));
    Sides sides = new Sides(Sides.side(Sides.ALICE), mallory);
    byte[] clientAuthenticate = sides.untilOnTheWay(Message.CLIENT_AUTHENTICATE);
    assertReason(Reason.BAD_CLIENT_AUTH, () -> Sides.give(sides.server, clientAuthenticate));
  }

  @Test
  void refusesItsOwnHelloReflected() {
    Sides sides = Sides.ofOneNetwork();
    byte[] hello = Sides.take(sides.client);
    assertReason(Reason.REFLECTED, () -> Sides.give(sides.client, hello));
  }

  @ParameterizedTest
  @CsvSource({"SERVER_HELLO", "SERVER_ACCEPT"})
  void refusesMessageOfAnotherHandshake(Message message) throws Exception {
    Sides earlier = Sides.ofOneNetwork();
    byte[] replayed = earlier.untilOnTheWay(message);
    Sides sides = Sides.ofOneNetwork();
    sides.untilOnTheWay(message);
    if (message == Message.SERVER_HELLO) {
      Sides.give(sides.client, replayed);
      Sides.give(earlier.client, replayed);
      byte[] clientAuthenticate = Sides.take(sides.client);
      assertReason(Reason.BAD_CLIENT_AUTH, () -> Sides.give(sides.server, clientAuthenticate));
    } else {
      assertReason(Reason.BAD_SERVER_ACCEPT, () -> Sides.give(sides.client, replayed));
    }
  }

  private static void assertReason(
      Reason expected, org.junit.jupiter.api.function.Executable handshake) {
    assertEquals(expected, assertThrows(HandshakeException.class, handshake).reason());
  }
}
