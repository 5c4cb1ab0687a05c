package org.secrethandshake.handshake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.handshake.Handshake.Step;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.spi.SecretBox;
import org.secrethandshake.spi.VerifyKey;
import org.secrethandshake.testkit.DelegatingCryptoProvider;

class HandshakeStepsTest {
  private final Sides sides = Sides.ofOneNetwork();

  @Test
  void bothSidesEndWithTheSameKeysAndEachOthersIdentity() throws Exception {
    sides.run();
    try (Session client = sides.client.finish();
        Session server = sides.server.finish();
        SessionKeys clientKeys = client.exportKeysUnsafe();
        SessionKeys serverKeys = server.exportKeysUnsafe()) {
      assertEquals(Sides.BOB.publicKey(), client.peer());
      assertEquals(Sides.ALICE.publicKey(), server.peer());
      assertArrayEquals(clientKeys.sendKey(), serverKeys.receiveKey());
      assertArrayEquals(clientKeys.receiveKey(), serverKeys.sendKey());
      assertArrayEquals(clientKeys.sendNonce(), serverKeys.receiveNonce());
      assertArrayEquals(clientKeys.receiveNonce(), serverKeys.sendNonce());
      assertEquals(SecretBox.NONCE_BYTES, clientKeys.sendNonce().length);
    }
  }

  @Test
  void takesMessagesOneByteAtATime() throws Exception {
    for (Message message : Message.values()) {
      byte[] bytes = Sides.take(sides.sender(message));
      Handshake receiver = sides.receiver(message);
      for (int i = 0; i < bytes.length; i++) {
        assertEquals(bytes.length - i, receiver.bytesNeeded());
        assertEquals(i == bytes.length - 1, Sides.give(receiver, new byte[] {bytes[i]}));
      }
      assertEquals(0, receiver.bytesNeeded());
      if (message == Message.CLIENT_AUTHENTICATE) {
        sides.server.accept();
      }
    }
    assertEquals(Step.DONE, sides.client.step());
    assertEquals(Step.DONE, sides.server.step());
  }

  @Test
  void leavesWhatFollowsAMessageInTheSource() throws Exception {
    ByteBuffer helloAndMore = ByteBuffer.allocate(64 + 9);
    sides.client.send(helloAndMore);
    helloAndMore.clear();
    assertTrue(sides.server.receive(helloAndMore));
    assertEquals(9, helloAndMore.remaining());
  }

  @Test
  void leavesTheBoxStreamBehindServerAcceptInTheSource() throws Exception {
    byte[] accept = sides.untilOnTheWay(Message.SERVER_ACCEPT);
    try (Session server = sides.server.finish()) {
      ByteBuffer behind = ByteBuffer.allocate(300).put(accept);
      server.boxer().box(ByteBuffer.wrap(new byte[] {1, 2, 3}), behind);
      behind.flip();
      assertTrue(sides.client.receive(behind));
      ByteBuffer plaintext = ByteBuffer.allocate(10);
      try (Session client = sides.client.finish()) {
        client.unboxer().unbox(behind, plaintext);
      }
      assertEquals(3, plaintext.position());
    }
  }

  @Test
  void asksForMoreWhenTheSourceIsEmpty() throws Exception {
    assertFalse(Sides.give(sides.server, new byte[0]));
    assertEquals(Step.RECEIVE, sides.server.step());
  }

  @Test
  void keepsTheMessageWhenItDoesNotFit() {
    assertThrows(BufferOverflowException.class, () -> sides.client.send(ByteBuffer.allocate(63)));
    assertEquals(Step.SEND, sides.client.step());
    assertEquals(64, Sides.take(sides.client).length);
  }

  @Test
  void namesTheStepWhenCalledOutOfOrder() {
    assertMisuse("belongs to step RECEIVE", () -> Sides.give(sides.client, new byte[64]));
    assertMisuse("is in step RECEIVE (clientHello)", () -> Sides.take(sides.server));
    assertMisuse("belongs to step AUTHORIZE", sides.server::accept);
    assertMisuse("belongs to step AUTHORIZE", sides.server::refuse);
    assertMisuse("belongs to step AUTHORIZE", sides.server::clientKey);
    assertMisuse("belongs to step DONE", sides.client::finish);
    assertEquals(Step.SEND, sides.client.step());
    assertEquals(Step.RECEIVE, sides.server.step());
  }

  @Test
  void showsTheClientToTheAuthorizerBeforeItSendsItsOwnIdentity() throws Exception {
    byte[] clientAuthenticate = sides.untilOnTheWay(Message.CLIENT_AUTHENTICATE);
    assertTrue(Sides.give(sides.server, clientAuthenticate));
    assertEquals(Step.AUTHORIZE, sides.server.step());
    assertEquals(Sides.ALICE.publicKey(), sides.server.clientKey());
    assertMisuse("belongs to step SEND", () -> Sides.take(sides.server));
  }

  @Test
  void staysSilentAfterRefusingAClient() throws Exception {
    Sides.give(sides.server, sides.untilOnTheWay(Message.CLIENT_AUTHENTICATE));
    sides.server.refuse();
    assertEquals(Step.CLOSED, sides.server.step());
    assertMisuse("is in step CLOSED", () -> Sides.take(sides.server));
  }

  @Test
  void givesItsSessionOnce() throws Exception {
    sides.run();
    sides.client.finish().close();
    assertEquals(Step.CLOSED, sides.client.step());
    assertMisuse("is in step CLOSED", sides.client::finish);
  }

  @Test
  void handsOutEachDirectionOnce() throws Exception {
    sides.run();
    try (Session session = sides.client.finish()) {
      session.boxer();
      session.unboxer();
      assertMisuse("sending direction was handed out", session::boxer);
      assertMisuse("receiving direction was handed out", session::unboxer);
      session.close();
      assertMisuse("session is closed", session::exportKeysUnsafe);
      assertMisuse("session is closed", session::boxer);
      assertMisuse("session is closed", session::unboxer);
    }
  }

  @Test
  void leavesTheSessionUsableWhenTheHandshakeIsClosed() throws Exception {
    sides.run();
    Session session = sides.client.finish();
    sides.client.close();
    try (SessionKeys keys = session.exportKeysUnsafe()) {
      assertFalse(Bytes.isZero(keys.sendKey()));
    }
    session.close();
  }

  @Test
  void isDeadAfterClose() {
    sides.client.close();
    sides.client.close();
    assertEquals(Step.CLOSED, sides.client.step());
    assertMisuse("is in step CLOSED", () -> Sides.take(sides.client));
  }

  @Test
  void goesOnWhenTheConfigurationIsClosedMeanwhile() throws Exception {
    Endpoint alice = Sides.side(Sides.ALICE);
    Sides running = new Sides(alice, Sides.side(Sides.BOB));
    ServerKey bob = alice.serverKey(Sides.BOB.publicKey());
    alice.close();
    running.run();
    assertEquals(Step.DONE, running.client.step());
    assertMisuse("endpoint is closed", () -> alice.client(bob));
  }

  @Test
  void needsAnIdentity() {
    Endpoint nobody = new Endpoint(Sides.CRYPTO, NetworkKey.SCUTTLEBUTT, null);
    assertMisuse("no identity is configured", nobody::server);
  }

  @Test
  void refusesToDialAnInvalidKey() {
    Endpoint alice = Sides.side(Sides.ALICE);
    byte[] identityPoint = new byte[32];
    identityPoint[0] = 1;
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> alice.serverKey(IdentityKey.of(identityPoint)));
    assertTrue(refusal.getMessage().contains("not a valid Ed25519 key"), refusal.getMessage());
  }

  @Test
  void tellsABrokenBackendFromAnInvalidServerKey() {
    CryptoProvider broken =
        new DelegatingCryptoProvider(Sides.CRYPTO) {
          @Override
          public Optional<VerifyKey> verifyKey(byte[] publicKey) {
            throw new ArithmeticException("a cosmic ray");
          }
        };
    try (Endpoint nobody = new Endpoint(broken, NetworkKey.SCUTTLEBUTT, null)) {
      CryptoProviderException said =
          assertThrows(
              CryptoProviderException.class, () -> nobody.serverKey(Sides.BOB.publicKey()));
      assertTrue(
          said.getMessage().contains("broke while parsing a server's key"), said.getMessage());
    }
  }

  @Test
  void refusesAnIdentityThatItsOwnBackendCallsInvalid() {
    CryptoProvider broken =
        new DelegatingCryptoProvider(Sides.CRYPTO) {
          @Override
          public Optional<VerifyKey> verifyKey(byte[] publicKey) {
            return Optional.empty();
          }
        };
    CryptoProviderException said =
        assertThrows(
            CryptoProviderException.class,
            () -> new Endpoint(broken, NetworkKey.SCUTTLEBUTT, Sides.ALICE));
    assertTrue(said.getMessage().contains("an identity invalid that it derived itself"));
  }

  @Test
  void letsAPeerDialItsOwnIdentity() throws Exception {
    Endpoint bob = Sides.side(Sides.BOB);
    Sides own = new Sides(bob, bob);
    own.run();
    assertEquals(Sides.BOB.publicKey(), own.server.finish().peer());
  }

  @Test
  void saysHowLongTheNextMessageIs() throws Exception {
    for (Message message : Message.values()) {
      Handshake sender = sides.sender(message);
      Handshake receiver = sides.receiver(message);
      assertEquals(message.length(), sender.bytesToSend());
      assertEquals(0, receiver.bytesToSend());
      ByteBuffer exact = ByteBuffer.allocate(sender.bytesToSend());
      sender.send(exact);
      assertFalse(exact.hasRemaining());
      assertEquals(0, sender.bytesToSend());
      receiver.receive(exact.flip());
      if (message == Message.CLIENT_AUTHENTICATE) {
        sides.server.accept();
      }
    }
  }

  @Test
  void answersAnAuthorizerThatComesAfterTheDeadline() throws Exception {
    Sides.give(sides.server, sides.untilOnTheWay(Message.CLIENT_AUTHENTICATE));
    sides.server.close();
    assertFalse(sides.server.accept(), "nothing is done");
    sides.server.refuse();
    assertEquals(Step.CLOSED, sides.server.step());
    assertEquals(Sides.ALICE.publicKey(), sides.server.clientKey());
  }

  @Test
  void answersAnAuthorizerThatComesAfterAFailure() throws Exception {
    byte[] message = sides.untilOnTheWay(Message.CLIENT_AUTHENTICATE);
    message[0] ^= 1;
    assertThrows(HandshakeException.class, () -> Sides.give(sides.server, message));
    assertFalse(sides.server.accept(), "nothing is done");
    sides.server.refuse();
    assertEquals(Step.FAILED, sides.server.step());
  }

  @Test
  void letsAClientIn() throws Exception {
    Sides.give(sides.server, sides.untilOnTheWay(Message.CLIENT_AUTHENTICATE));
    assertTrue(sides.server.accept());
    assertMisuse("belongs to step AUTHORIZE", sides.server::accept);
  }

  @Test
  void dialsUnderAnIdentityOfThisDial() throws Exception {
    Endpoint nobody = new Endpoint(Sides.CRYPTO, NetworkKey.SCUTTLEBUTT, null);
    ServerKey bob = nobody.serverKey(Sides.BOB.publicKey());
    IdentityKeyPair once = IdentityKeyPair.generate(Sides.CRYPTO);
    Sides dial = new Sides(nobody.client(bob, once), Sides.side(Sides.BOB).server());
    once.close();
    dial.run();
    assertEquals(once.publicKey(), dial.server.finish().peer());
    assertMisuse("identity is closed", () -> nobody.client(bob, once));
    nobody.close();
    assertMisuse("endpoint is closed", () -> nobody.client(bob, Sides.ALICE));
  }

  @Test
  void saysInWordsWhatItWaitsFor() throws Exception {
    assertEquals("client, about to send clientHello", sides.client.toString());
    assertEquals("server, waiting for clientHello", sides.server.toString());
    Sides.give(sides.server, sides.untilOnTheWay(Message.CLIENT_AUTHENTICATE));
    assertEquals("server, waiting for the authorizer", sides.server.toString());
    sides.server.accept();
    byte[] accept = Sides.take(sides.server);
    assertEquals("server, done", sides.server.toString());
    accept[0] ^= 1;
    assertThrows(HandshakeException.class, () -> Sides.give(sides.client, accept));
    assertEquals("client, failed at serverAccept", sides.client.toString());
    sides.client.close();
    assertEquals("client, failed at serverAccept", sides.client.toString());
    sides.server.close();
    assertEquals("server, closed", sides.server.toString());
  }

  @Test
  void exportedKeysAreGoneOnceClosed() throws Exception {
    sides.run();
    try (Session session = sides.client.finish()) {
      SessionKeys keys = session.exportKeysUnsafe();
      keys.close();
      assertMisuse("keys are closed", keys::sendKey);
      assertMisuse("keys are closed", keys::receiveKey);
      assertMisuse("keys are closed", keys::sendNonce);
      assertMisuse("keys are closed", keys::receiveNonce);
      assertMisuse("keys are closed", keys::copy);
      session.boxer().close();
    }
  }

  @Test
  void saysWhatItIsAndNoKey() {
    Endpoint endpoint = Sides.side(Sides.ALICE);
    assertEquals("ServerKey", endpoint.serverKey(Sides.BOB.publicKey()).toString());
    assertEquals("Endpoint[open]", endpoint.toString());
    endpoint.close();
    assertEquals("Endpoint[closed]", endpoint.toString());
  }

  private static void assertMisuse(String part, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalStateException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
