package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;

/** Our client and the reference's server, over TCP and through multiserver. */
class ReferenceServerTest {
  private static final String BYTES = Integer.toString(Transfer.BYTES);

  @BeforeEach
  void needsTheReference() {
    Requirement.NODE.orSkip("our client against the reference's server");
  }

  @BackendTest
  void itReturnsOneMebibyteOfOddWrites(CryptoProvider crypto) throws Exception {
    try (ReferencePeer peer = ReferencePeer.start("peer-server.js", "--mode", "echo");
        SecretHandshake shs = Peers.ours(crypto);
        SecretChannel channel = dial(shs, peer)) {
      assertEquals(Peers.ourKey(crypto), peer.await("connected").remote());
      Transfer.assertArrived(Transfer.bothWays(channel));
      Transfer.assertClean(peer.await("end"), Transfer.BYTES, Transfer.BYTES);
      peer.await("closed");
    }
  }

  @BackendTest
  void bothSendOneMebibyteAtTheSameTime(CryptoProvider crypto) throws Exception {
    try (ReferencePeer peer =
            ReferencePeer.start(
                "peer-server.js", "--mode", "source", "--bytes", BYTES, "--half-open");
        SecretHandshake shs = Peers.ours(crypto);
        SecretChannel channel = dial(shs, peer)) {
      peer.await("connected");
      Transfer.assertArrived(Transfer.bothWays(channel));
      Transfer.assertClean(peer.await("end"), Transfer.BYTES, Transfer.BYTES);
      peer.await("closed");
    }
  }

  /**
   * Our goodbye leaves our direction of TCP open, or its {@code allowHalfOpen: false} would end it.
   */
  @BackendTest
  void itGoesOnSendingAfterOurGoodbye(CryptoProvider crypto) throws Exception {
    try (ReferencePeer peer =
            ReferencePeer.start("peer-server.js", "--mode", "source", "--bytes", BYTES);
        SecretHandshake shs = Peers.ours(crypto);
        SecretChannel channel = dial(shs, peer)) {
      peer.await("connected");
      Transfer.assertArrived(Transfer.goodbyeThenRead(channel));
      Transfer.assertClean(peer.await("end"), Transfer.BYTES, 0);
      peer.await("closed");
    }
  }

  @BackendTest
  void weGoOnSendingAfterItsGoodbye(CryptoProvider crypto) throws Exception {
    try (ReferencePeer peer = ReferencePeer.start("peer-server.js", "--mode", "source");
        SecretHandshake shs = Peers.ours(crypto);
        SecretChannel channel = dial(shs, peer)) {
      peer.await("connected");
      assertEquals(0, Transfer.readThenWrite(channel).length);
      Transfer.assertClean(peer.await("end"), 0, Transfer.BYTES);
      peer.await("closed");
    }
  }

  @BackendTest
  void itAnswersOurCloseWithItsGoodbye(CryptoProvider crypto) throws Exception {
    try (ReferencePeer peer = ReferencePeer.start("peer-server.js", "--mode", "sink");
        SecretHandshake shs = Peers.ours(crypto)) {
      dial(shs, peer).close();
      peer.await("connected");
      Transfer.assertClean(peer.await("end"), 0, 0);
      peer.await("closed");
    }
  }

  @BackendTest
  void theAddressThatMultiserverPrintsLeadsThere(CryptoProvider crypto) throws Exception {
    try (ReferencePeer peer = ReferencePeer.start("multiserver-server.js");
        SecretHandshake shs = Peers.ours(crypto)) {
      MultiserverAddress address = MultiserverAddress.parse(peer.await("listening").address());
      try (SecretChannel channel = shs.connect(address)) {
        assertEquals(Peers.ourKey(crypto), peer.await("connected").remote());
        Transfer.assertArrived(Transfer.bothWays(channel));
        Transfer.assertClean(peer.await("end"), Transfer.BYTES, Transfer.BYTES);
      }
    }
  }

  @BackendTest
  void aSeedInTheAddressIsWhoTheServerSees(CryptoProvider crypto) throws Exception {
    byte[] seed = Peers.repeated(0x33);
    byte[] guest = new Formulas(crypto, new byte[0]).publicKey(seed);
    try (ReferencePeer peer =
            ReferencePeer.start(
                "multiserver-server.js", "--allow", HexFormat.of().formatHex(guest));
        SecretHandshake shs = Peers.ours(crypto)) {
      MultiserverAddress address = MultiserverAddress.parse(peer.await("listening").address());
      try (SecretChannel channel = shs.connect(address.withSeed(seed))) {
        assertEquals(HexFormat.of().formatHex(guest), peer.await("connected").remote());
        Transfer.assertArrived(Transfer.bothWays(channel));
        Transfer.assertClean(peer.await("end"), Transfer.BYTES, Transfer.BYTES);
      }
    }
  }

  private static SecretChannel dial(SecretHandshake shs, ReferencePeer peer)
      throws IOException, InterruptedException {
    ReferencePeer.Event listening = peer.await("listening");
    IdentityKey key = IdentityKey.of(HexFormat.of().parseHex(listening.publicKey()));
    InetSocketAddress address = new InetSocketAddress(Peers.LOCALHOST, listening.port());
    return shs.connect(SocketChannel.open(address), shs.serverKey(key));
  }
}
