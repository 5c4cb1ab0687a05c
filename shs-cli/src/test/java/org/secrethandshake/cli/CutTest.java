package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;

/** A stream that ends without a goodbye is never taken for a whole one. */
class CutTest {
  private final CryptoProvider crypto = CryptoProviders.named("bouncycastle");

  @Test
  void tellsAClientWhatItGotAndThatItWasCut() throws Exception {
    try (IdentityKeyPair own = IdentityKeyPair.generate(crypto);
        SecretHandshake shs =
            SecretHandshake.builder()
                .crypto(crypto)
                .network(NetworkKey.SCUTTLEBUTT)
                .identity(own)
                .build();
        ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String address =
          MultiserverAddress.of("127.0.0.1", listener.socket().getLocalPort(), own.publicKey())
              .format();
      CompletableFuture<Outcome> client = new TestShell().start("connect", address);

      SocketChannel socket = listener.accept();
      SecretChannel channel = shs.accept(socket, Authorizer.anyone());
      channel.write(ByteBuffer.wrap(new byte[] {'h', 'a', 'l', 'f'}));
      socket.shutdownOutput();

      assertEquals(ExitCodes.STREAM_CUT, client.get().exitCode());
      assertEquals("half", client.get().out());
      assertTrue(client.get().err().contains("without the peer's goodbye"), client.get().err());
      socket.close();
    }
  }
}
