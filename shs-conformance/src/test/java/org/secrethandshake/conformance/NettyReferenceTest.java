package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.netty.SecretHandshakeHandler;
import org.secrethandshake.spi.CryptoProvider;

/** The handler for Netty against the reference, over TCP, in both roles. */
class NettyReferenceTest {
  private static final String BYTES = Integer.toString(Transfer.BYTES);

  @BeforeEach
  void needsTheReference() {
    Requirement.NODE.orSkip("the handler for Netty against the reference");
  }

  @BackendTest
  void itsClientSendsOneMebibyteThatAServerEchoes(CryptoProvider crypto) throws Exception {
    try (SecretHandshake shs = Peers.ours(crypto);
        NettyEnd ours = new NettyEnd()) {
      int port = ours.listen(List::of, () -> server(shs), NettyEnd.Use.ECHO);
      try (ReferencePeer peer = dial(crypto, port, "source", "--bytes", BYTES)) {
        assertEquals(Peers.ourKey(crypto), peer.await("connected").remote());
        Transfer.assertArrived(ours.received());
        Transfer.assertClean(peer.await("end"), Transfer.BYTES, Transfer.BYTES);
        peer.await("closed");
        ours.awaitGoodbyes();
      }
    }
  }

  @BackendTest
  void itsClientAndAServerSendAtTheSameTime(CryptoProvider crypto) throws Exception {
    try (SecretHandshake shs = Peers.ours(crypto);
        NettyEnd ours = new NettyEnd()) {
      int port = ours.listen(List::of, () -> server(shs), NettyEnd.Use.BOTH_WAYS);
      try (ReferencePeer peer = dial(crypto, port, "source", "--bytes", BYTES)) {
        peer.await("connected");
        Transfer.assertArrived(ours.received());
        Transfer.assertClean(peer.await("end"), Transfer.BYTES, Transfer.BYTES);
        ours.awaitGoodbyes();
      }
    }
  }

  @BackendTest
  void itsServerReturnsOneMebibyteOfOddWrites(CryptoProvider crypto) throws Exception {
    try (SecretHandshake shs = Peers.ours(crypto);
        NettyEnd ours = new NettyEnd();
        ReferencePeer peer = ReferencePeer.start("peer-server.js", "--mode", "echo")) {
      ReferencePeer.Event listening = peer.await("listening");
      ours.dial(listening.port(), client(shs, listening), NettyEnd.Use.BOTH_WAYS);
      assertEquals(Peers.ourKey(crypto), peer.await("connected").remote());
      Transfer.assertArrived(ours.received());
      Transfer.assertClean(peer.await("end"), Transfer.BYTES, Transfer.BYTES);
      ours.awaitGoodbyes();
    }
  }

  @BackendTest
  void itsServerThatRefusesLooksLikeAWrongKey(CryptoProvider crypto) throws Exception {
    try (SecretHandshake shs = Peers.ours(crypto);
        NettyEnd ours = new NettyEnd();
        ReferencePeer peer = ReferencePeer.start("peer-server.js", "--allow", "none")) {
      ReferencePeer.Event listening = peer.await("listening");
      ours.dial(listening.port(), client(shs, listening), NettyEnd.Use.BOTH_WAYS);
      assertReason(Reason.CLOSED_BY_PEER, ours);
      peer.await("refused");
    }
  }

  @BackendTest
  void itsClientThatIsRefusedSeesAClose(CryptoProvider crypto) throws Exception {
    Authorizer nobody = client -> Optional.empty();
    try (SecretHandshake shs = Peers.ours(crypto);
        NettyEnd ours = new NettyEnd()) {
      int port =
          ours.listen(
              List::of, () -> SecretHandshakeHandler.server(shs, nobody), NettyEnd.Use.ECHO);
      try (ReferencePeer peer = dial(crypto, port, "sink")) {
        assertReason(Reason.REFUSED, ours);
        assertEquals("handshake", peer.await("error").phase());
      }
    }
  }

  private static void assertReason(Reason reason, NettyEnd ours) throws Exception {
    HandshakeException failure =
        assertInstanceOf(HandshakeException.class, ours.handshake().cause());
    assertEquals(reason, failure.reason());
  }

  private static SecretHandshakeHandler server(SecretHandshake shs) {
    return SecretHandshakeHandler.server(shs, Authorizer.anyone());
  }

  private static SecretHandshakeHandler client(SecretHandshake shs, ReferencePeer.Event listening) {
    IdentityKey key = IdentityKey.of(HexFormat.of().parseHex(listening.publicKey()));
    return SecretHandshakeHandler.client(shs, shs.serverKey(key));
  }

  private static ReferencePeer dial(CryptoProvider crypto, int port, String mode, String... more)
      throws Exception {
    String[] options = {
      "--port", Integer.toString(port), "--server", Peers.ourKey(crypto), "--mode", mode
    };
    return ReferencePeer.start(
        "peer-client.js",
        Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new));
  }
}
