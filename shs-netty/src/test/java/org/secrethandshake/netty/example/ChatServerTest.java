package org.secrethandshake.netty.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.spi.CryptoProvider;

class ChatServerTest {
  private static final CryptoProvider CRYPTO = CryptoProviders.named("bouncycastle");

  @Test
  void peopleChatAndStrangersDoNot() throws Exception {
    try (IdentityKeyPair host = IdentityKeyPair.generate(CRYPTO);
        IdentityKeyPair ann = IdentityKeyPair.generate(CRYPTO);
        IdentityKeyPair ben = IdentityKeyPair.generate(CRYPTO);
        IdentityKeyPair eve = IdentityKeyPair.generate(CRYPTO);
        SecretHandshake shs = side(host);
        ChatServer server =
            new ChatServer(shs, Map.of(ann.publicKey(), "Ann", ben.publicKey(), "Ben"), 0);
        SecretChannel anns = dial(ann, server, host)) {
      BufferedReader annReads = lines(anns);
      assertEquals("* Ann is here", annReads.readLine());
      try (SecretChannel bens = dial(ben, server, host)) {
        BufferedReader benReads = lines(bens);
        assertEquals("* Ben is here", annReads.readLine());
        assertEquals("* Ben is here", benReads.readLine());
        anns.outputStream().write("Hello, Ben\n".getBytes(StandardCharsets.UTF_8));
        assertEquals("Ann: Hello, Ben", benReads.readLine());
        assertEquals("Ann: Hello, Ben", annReads.readLine());
        bens.shutdownOutput();
        assertNull(benReads.readLine(), "the server's goodbye");
      }
      HandshakeException refusal =
          assertThrows(HandshakeException.class, () -> dial(eve, server, host));
      assertEquals(HandshakeException.Reason.CLOSED_BY_PEER, refusal.reason());
    }
  }

  private static SecretHandshake side(IdentityKeyPair identity) {
    return SecretHandshake.builder()
        .crypto(CRYPTO)
        .network(NetworkKey.SCUTTLEBUTT)
        .identity(identity)
        .build();
  }

  private static SecretChannel dial(IdentityKeyPair who, ChatServer server, IdentityKeyPair host)
      throws Exception {
    try (SecretHandshake shs = side(who)) {
      return shs.connect(SocketChannel.open(server.address()), shs.serverKey(host.publicKey()));
    }
  }

  private static BufferedReader lines(SecretChannel channel) {
    return new BufferedReader(new InputStreamReader(channel.inputStream(), StandardCharsets.UTF_8));
  }
}
