package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.examples.WhoAmI;
import org.secrethandshake.examples.WhoAmIServer;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;

/** Our example of muxrpc, and secret-stack as the other side. */
class SecretStackTest {
  private final CryptoProvider crypto = CryptoProviders.named("bouncycastle");

  @BeforeEach
  void needsTheReference() {
    Requirement.NODE.orSkip("the example of muxrpc against secret-stack");
  }

  @Test
  void itsServerSaysWhoItIs() throws Exception {
    try (ReferencePeer peer = ReferencePeer.start("secret-stack-server.js");
        SecretHandshake shs = Peers.ours(crypto)) {
      ReferencePeer.Event listening = peer.await("listening");
      try (SecretChannel channel = shs.connect(MultiserverAddress.parse(listening.address()))) {
        assertEquals(key(listening.publicKey()).toString(), WhoAmI.ask(channel));
        assertEquals(-1, channel.inputStream().read(), "its goodbye of the channel");
      }
      assertEquals(key(Peers.ourKey(crypto)).toString(), peer.await("connected").remote());
      peer.await("closed");
    }
  }

  @Test
  void itsClientLearnsWhoWeAre() throws Exception {
    IdentityKey ours = key(Peers.ourKey(crypto));
    try (SecretHandshake shs = Peers.ours(crypto);
        OurServer<IdentityKey> server = whoAmIServer(shs, ours);
        ReferencePeer peer =
            ReferencePeer.start("secret-stack-client.js", "--address", address(server, ours))) {
      assertEquals(ours.toString(), peer.await("connected").remote());
      assertEquals(ours.toString(), peer.await("answer").id());
      peer.await("closed");
      server.result();
    }
  }

  @Test
  void itsClientLearnsThatThereIsNoSuchMethod() throws Exception {
    IdentityKey ours = key(Peers.ourKey(crypto));
    try (SecretHandshake shs = Peers.ours(crypto);
        OurServer<IdentityKey> server = whoAmIServer(shs, ours);
        ReferencePeer peer =
            ReferencePeer.start(
                "secret-stack-client.js",
                "--address",
                address(server, ours),
                "--method",
                "manifest")) {
      peer.await("connected");
      assertEquals("no such method: [\"manifest\"]", peer.await("error").message());
      peer.await("closed");
      server.result();
    }
  }

  private static OurServer<IdentityKey> whoAmIServer(SecretHandshake shs, IdentityKey ours)
      throws Exception {
    return new OurServer<>(
        shs,
        Authorizer.anyone(),
        channel -> {
          new WhoAmIServer(ours).answer(channel);
          return channel.peer();
        });
  }

  private static String address(OurServer<?> server, IdentityKey ours) {
    return MultiserverAddress.of(Peers.LOCALHOST, server.port(), ours).format();
  }

  private static IdentityKey key(String hex) {
    return IdentityKey.of(HexFormat.of().parseHex(hex));
  }
}
