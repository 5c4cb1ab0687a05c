package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.identity.NetAddress;
import org.secrethandshake.spi.CryptoProvider;

class EchoTest {
  private static final int CLIENTS = 200;
  private static final int KILLED_EVERY = 5;
  private static final int BYTES = 50_000;

  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
  private final CryptoProvider crypto = CryptoProviders.named("bouncycastle");
  private final TestShell server = new TestShell();

  @AfterEach
  void stop() {
    threads.shutdownNow();
    server.interrupt();
  }

  @Test
  void serves200ClientsAndLosesNothingWhenSomeAreKilled() throws Exception {
    server.start("listen", "--echo", "--port", "0");
    NetAddress way = MultiserverAddress.parse(server.listeningAddress()).alternatives().get(0);
    List<Future<?>> clients = new ArrayList<>();
    try (IdentityKeyPair identity = IdentityKeyPair.generate(crypto);
        SecretHandshake shs =
            SecretHandshake.builder()
                .crypto(crypto)
                .network(NetworkKey.SCUTTLEBUTT)
                .identity(identity)
                .timeout(Duration.ofSeconds(30))
                .build()) {
      ServerKey remote = shs.serverKey(way.serverKey());
      for (int number = 0; number < CLIENTS; number++) {
        int client = number;
        clients.add(
            threads.submit(
                () -> {
                  SocketChannel socket =
                      SocketChannel.open(new InetSocketAddress(way.host(), way.port()));
                  try (SecretChannel channel = shs.connect(socket, remote)) {
                    talk(client, socket, channel);
                  }
                  return client;
                }));
      }
      for (Future<?> client : clients) {
        client.get();
      }
    }
    assertEquals(CLIENTS, clients.size());
  }

  private static void talk(int client, SocketChannel socket, SecretChannel channel)
      throws IOException {
    byte[] sent = new byte[BYTES];
    new Random(client).nextBytes(sent);
    channel.write(ByteBuffer.wrap(sent, 0, BYTES / 2));
    if (client % KILLED_EVERY == 0) {
      socket.close();
      return;
    }
    channel.write(ByteBuffer.wrap(sent, BYTES / 2, BYTES / 2));
    channel.shutdownOutput();
    assertArrayEquals(sent, channel.inputStream().readAllBytes());
  }
}
