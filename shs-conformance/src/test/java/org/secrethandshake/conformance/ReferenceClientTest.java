package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;

/** Our server and the reference's client, over TCP and through multiserver. */
class ReferenceClientTest {
  private static final String BYTES = Integer.toString(Transfer.BYTES);

  @BeforeEach
  void needsTheReference() {
    Requirement.NODE.orSkip("our server against the reference's client");
  }

  @BackendTest
  void bothSendOneMebibyteAtTheSameTime(CryptoProvider crypto) throws Exception {
    try (SecretHandshake shs = Peers.ours(crypto);
        OurServer<byte[]> server = new OurServer<>(shs, Authorizer.anyone(), Transfer::bothWays);
        ReferencePeer peer = dial(crypto, server, "source", "--bytes", BYTES)) {
      assertEquals(Peers.ourKey(crypto), peer.await("connected").remote());
      Transfer.assertArrived(server.result());
      Transfer.assertClean(peer.await("end"), Transfer.BYTES, Transfer.BYTES);
      peer.await("closed");
    }
  }

  @BackendTest
  void itReturnsOneMebibyteOfOddWrites(CryptoProvider crypto) throws Exception {
    try (SecretHandshake shs = Peers.ours(crypto);
        OurServer<byte[]> server = new OurServer<>(shs, Authorizer.anyone(), Transfer::bothWays);
        ReferencePeer peer = dial(crypto, server, "echo")) {
      peer.await("connected");
      Transfer.assertArrived(server.result());
      Transfer.assertClean(peer.await("end"), Transfer.BYTES, Transfer.BYTES);
      peer.await("closed");
    }
  }

  @BackendTest
  void itGoesOnSendingAfterOurGoodbye(CryptoProvider crypto) throws Exception {
    try (SecretHandshake shs = Peers.ours(crypto);
        OurServer<byte[]> server =
            new OurServer<>(shs, Authorizer.anyone(), Transfer::goodbyeThenRead);
        ReferencePeer peer = dial(crypto, server, "source", "--bytes", BYTES)) {
      peer.await("connected");
      Transfer.assertArrived(server.result());
      Transfer.assertClean(peer.await("end"), Transfer.BYTES, 0);
      peer.await("closed");
    }
  }

  /** It ends its direction of TCP together with its goodbye; ours stays open. */
  @BackendTest
  void weGoOnSendingAfterItsGoodbye(CryptoProvider crypto) throws Exception {
    try (SecretHandshake shs = Peers.ours(crypto);
        OurServer<byte[]> server =
            new OurServer<>(shs, Authorizer.anyone(), Transfer::readThenWrite);
        ReferencePeer peer = dial(crypto, server, "source")) {
      peer.await("connected");
      assertEquals(0, server.result().length);
      Transfer.assertClean(peer.await("end"), 0, Transfer.BYTES);
      peer.await("closed");
    }
  }

  @BackendTest
  void itsAnonymousClientIsKnownByTheKeyOfItsSeed(CryptoProvider crypto) throws Exception {
    byte[] seed = Peers.repeated(0x44);
    IdentityKey guest = IdentityKey.of(new Formulas(crypto, new byte[0]).publicKey(seed));
    try (SecretHandshake shs = Peers.ours(crypto);
        OurServer<IdentityKey> server =
            new OurServer<>(
                shs,
                Authorizer.anyone(),
                channel -> {
                  Transfer.goodbyeThenRead(channel);
                  return channel.peer();
                });
        ReferencePeer peer =
            dial(crypto, server, "sink", "--anonymous", "--seed", HexFormat.of().formatHex(seed))) {
      peer.await("connected");
      assertEquals(guest, server.result());
      Transfer.assertClean(peer.await("end"), 0, 0);
    }
  }

  @BackendTest
  void multiserverDialsOurAddress(CryptoProvider crypto) throws Exception {
    IdentityKey ours = IdentityKey.of(HexFormat.of().parseHex(Peers.ourKey(crypto)));
    try (SecretHandshake shs = Peers.ours(crypto);
        OurServer<byte[]> server = new OurServer<>(shs, Authorizer.anyone(), Transfer::bothWays)) {
      String address = MultiserverAddress.of(Peers.LOCALHOST, server.port(), ours).format();
      try (ReferencePeer peer =
          ReferencePeer.start(
              "multiserver-client.js",
              "--address",
              address,
              "--mode",
              "source",
              "--bytes",
              BYTES)) {
        assertEquals(Peers.ourKey(crypto), peer.await("connected").remote());
        Transfer.assertArrived(server.result());
        Transfer.assertClean(peer.await("end"), Transfer.BYTES, Transfer.BYTES);
      }
    }
  }

  private static ReferencePeer dial(
      CryptoProvider crypto, OurServer<?> server, String mode, String... more) throws Exception {
    return ReferencePeer.start(
        "peer-client.js",
        Stream.concat(
                Stream.of(
                    "--port", Integer.toString(server.port()),
                    "--server", Peers.ourKey(crypto),
                    "--mode", mode),
                Stream.of(more))
            .toArray(String[]::new));
  }
}
