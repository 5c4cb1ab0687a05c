package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.conformance.ReferencePeer.Event;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Handshakes with the reference that must fail, and how either side sees that. Above all: a client
 * cannot tell a wrong server key from a refusal.
 */
class ReferenceRefusalTest {
  private static final NetworkKey OTHER_NETWORK = NetworkKey.of(Peers.repeated(0x55));

  @BeforeEach
  void needsTheReference() {
    Requirement.NODE.orSkip("refusals between the reference and us");
  }

  @BackendTest
  void itsServerClosesOnAHelloOfAnotherNetwork(CryptoProvider crypto) throws Exception {
    try (ReferencePeer peer = ReferencePeer.start("peer-server.js");
        SecretHandshake shs = Peers.ours(crypto, OTHER_NETWORK)) {
      HandshakeException failure = refused(shs, peer.await("listening"), serverKey(crypto));
      assertEquals(Reason.CLOSED_BY_PEER, failure.reason());
      assertEquals("handshake", peer.await("error").phase());
      peer.await("closed");
    }
  }

  @BackendTest
  void ourClientCannotTellAWrongServerKeyFromARefusal(CryptoProvider crypto) throws Exception {
    HandshakeException wrongKey;
    try (ReferencePeer peer = ReferencePeer.start("peer-server.js");
        SecretHandshake shs = Peers.ours(crypto)) {
      wrongKey = refused(shs, peer.await("listening"), otherKey(crypto));
      assertEquals("handshake", peer.await("error").phase());
      peer.await("closed");
    }
    HandshakeException notLetIn;
    try (ReferencePeer peer = ReferencePeer.start("peer-server.js", "--allow", "none");
        SecretHandshake shs = Peers.ours(crypto)) {
      notLetIn = refused(shs, peer.await("listening"), serverKey(crypto));
      assertEquals(Peers.ourKey(crypto), peer.await("refused").remote());
      peer.await("closed");
    }
    assertEquals(Reason.CLOSED_BY_PEER, wrongKey.reason());
    assertEquals(Reason.CLOSED_BY_PEER, notLetIn.reason());
    assertEquals(wrongKey.getMessage(), notLetIn.getMessage());
  }

  @BackendTest
  void multiserverRefusesUsWithTheSameSilence(CryptoProvider crypto) throws Exception {
    try (ReferencePeer peer = ReferencePeer.start("multiserver-server.js", "--allow", "none");
        SecretHandshake shs = Peers.ours(crypto)) {
      MultiserverAddress address = MultiserverAddress.parse(peer.await("listening").address());
      HandshakeException failure =
          assertThrows(HandshakeException.class, () -> shs.connect(address));
      assertEquals(Reason.CLOSED_BY_PEER, failure.reason());
      assertEquals(Peers.ourKey(crypto), peer.await("refused").remote());
      assertEquals("handshake", peer.await("error").phase());
    }
  }

  @BackendTest
  void itsClientFailsAtOurServerOfAnotherNetwork(CryptoProvider crypto) throws Exception {
    Event wrongNetwork =
        dialledByReference(
            Peers.ours(crypto, OTHER_NETWORK),
            Authorizer.anyone(),
            Peers.ourKey(crypto),
            Reason.WRONG_NETWORK);
    assertEquals("handshake", wrongNetwork.phase());
  }

  @BackendTest
  void itsClientCannotTellAWrongServerKeyFromARefusal(CryptoProvider crypto) throws Exception {
    Event wrongKey =
        dialledByReference(
            Peers.ours(crypto),
            Authorizer.anyone(),
            HexFormat.of().formatHex(otherKey(crypto).bytes()),
            Reason.BAD_CLIENT_AUTH);
    Event notLetIn =
        dialledByReference(
            Peers.ours(crypto), Authorizer.only(Set.of()), Peers.ourKey(crypto), Reason.REFUSED);
    assertEquals("handshake", wrongKey.phase());
    assertEquals("handshake", notLetIn.phase());
    assertNotEquals(null, wrongKey.message());
    assertEquals(wrongKey.message(), notLetIn.message());
  }

  @BackendTest
  void multiserverCannotTellThemApartEither(CryptoProvider crypto) throws Exception {
    String wrongKey = multiserverDials(crypto, Authorizer.anyone(), otherKey(crypto));
    IdentityKey ours = IdentityKey.of(HexFormat.of().parseHex(Peers.ourKey(crypto)));
    String notLetIn = multiserverDials(crypto, Authorizer.only(Set.of()), ours);
    assertEquals(wrongKey, notLetIn);
  }

  /** Dials a server of the reference under a key, which must fail. */
  private static HandshakeException refused(
      SecretHandshake shs, Event listening, IdentityKey serverKey) {
    MultiserverAddress address =
        MultiserverAddress.of(Peers.LOCALHOST, listening.port(), serverKey);
    return assertThrows(HandshakeException.class, () -> shs.connect(address));
  }

  /** Lets the reference's client dial us, checks our reason, and returns how it failed there. */
  private static Event dialledByReference(
      SecretHandshake ours, Authorizer authorizer, String serverKey, Reason reason)
      throws Exception {
    try (SecretHandshake shs = ours;
        OurServer<SecretHandshake> server = new OurServer<>(shs, authorizer, channel -> ours);
        ReferencePeer peer =
            ReferencePeer.start(
                "peer-client.js",
                "--port",
                Integer.toString(server.port()),
                "--server",
                serverKey)) {
      assertEquals(reason, server.refusal().reason());
      Event error = peer.await("error");
      peer.await("closed");
      return error;
    }
  }

  private static String multiserverDials(
      CryptoProvider crypto, Authorizer authorizer, IdentityKey serverKey) throws Exception {
    try (SecretHandshake shs = Peers.ours(crypto);
        OurServer<SecretHandshake> server = new OurServer<>(shs, authorizer, channel -> shs)) {
      String address = MultiserverAddress.of(Peers.LOCALHOST, server.port(), serverKey).format();
      try (ReferencePeer peer =
          ReferencePeer.start("multiserver-client.js", "--address", address)) {
        Event error = peer.await("error");
        assertEquals("handshake", error.phase());
        return error.message();
      }
    }
  }

  /** The key of the identity that the reference's programs have unless told otherwise. */
  private static IdentityKey serverKey(CryptoProvider crypto) {
    return IdentityKey.of(new Formulas(crypto, new byte[0]).publicKey(Peers.repeated(0x11)));
  }

  private static IdentityKey otherKey(CryptoProvider crypto) {
    return IdentityKey.of(new Formulas(crypto, new byte[0]).publicKey(Peers.repeated(0x66)));
  }
}
