package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.NetworkKey;

/** What a server logs and throws, in every phase of a connection, names nobody. */
@Timeout(60)
class ServerLogTest {
  private final Queue<String> told = new ConcurrentLinkedQueue<>();

  @Test
  void namesNoPeerAtInfoOrAboveNorInExceptions() throws Exception {
    AtomicInteger tasks = new AtomicInteger();
    AtomicInteger clients = new AtomicInteger();
    try (RecordedLog log = new RecordedLog()) {
      SecretServer server =
          SecretServer.builder(Peers.side(Peers.BOB, Duration.ofSeconds(2)))
              .authorizer(
                  client ->
                      switch (clients.getAndIncrement()) {
                        case 0 -> Optional.empty();
                        case 1 -> throw new IOException("the directory is gone");
                        default -> Optional.of(client);
                      })
              .handler(
                  channel -> {
                    told.add(channel.toString());
                    if (channel.read(ByteBuffer.allocate(9)) < 0) {
                      throw new IllegalStateException("the handler is ill");
                    }
                  })
              .executor(
                  task -> {
                    if (tasks.getAndIncrement() == 0) {
                      throw new RejectedExecutionException("the queue is full");
                    }
                    Peers.THREADS.execute(task);
                  })
              .listener(
                  (reason, client) -> {
                    told.add(inFull(reason));
                    throw new IllegalStateException("the listener is ill");
                  })
              .start(Peers.anyPort());
      try (server) {
        SocketChannel notTaken = SocketChannel.open(server.localAddress());
        notTaken.read(ByteBuffer.allocate(9));
        told.add(failedDial(server, Peers.CLIENT, Peers.BOB)); // refused
        told.add(failedDial(server, Peers.CLIENT, Peers.BOB)); // the authorizer throws
        told.add(failedDial(server, Peers.CLIENT, Peers.ALICE)); // a wrong number
        try (SecretHandshake elsewhere =
            SecretHandshake.builder()
                .crypto(Peers.CRYPTO)
                .network(NetworkKey.of(new byte[32]))
                .identity(Peers.ALICE)
                .build()) {
          told.add(failedDial(server, elsewhere, Peers.BOB));
        }
        dial(server).abort();
        try (SecretChannel channel = dial(server)) {
          channel.shutdownOutput();
          told.add(
              inFull(assertThrows(IOException.class, () -> channel.read(ByteBuffer.allocate(9)))));
        }
        told.add(server.toString());
        told.add(Peers.SERVER.toString());
        server.stop(Duration.ofSeconds(20));
      }
      List<String> loud =
          log.lines().stream()
              .filter(line -> line.level().intValue() >= Level.INFO.intValue())
              .map(RecordedLog.Line::text)
              .toList();
      assertEquals(3, loud.size(), "executor, listener and handler, and no stranger: " + loud);
      assertEquals(4, log.linesWith("no channel for").size(), "and each failure at DEBUG");
      loud.forEach(ServerLogTest::assertNamesNobody);
      told.forEach(ServerLogTest::assertNamesNobody);
    }
  }

  private static void assertNamesNobody(String text) {
    for (byte[] key : List.of(Peers.ALICE.publicKey().bytes(), Peers.BOB.publicKey().bytes())) {
      String hex = HexFormat.of().formatHex(key);
      assertFalse(text.toLowerCase(java.util.Locale.ROOT).contains(hex), text);
      // Without its padding this is part of every form: address, identity and key file.
      String base64 = Base64.getEncoder().withoutPadding().encodeToString(key);
      assertFalse(text.contains(base64), text);
      assertFalse(text.contains(Base64.getUrlEncoder().withoutPadding().encodeToString(key)), text);
    }
  }

  private static String failedDial(
      SecretServer server, SecretHandshake client, org.secrethandshake.IdentityKeyPair dialled)
      throws IOException {
    SocketChannel socket = SocketChannel.open(server.localAddress());
    return inFull(
        assertThrows(
            HandshakeException.class,
            () -> client.connect(socket, client.serverKey(dialled.publicKey()))));
  }

  private static SecretChannel dial(SecretServer server) throws IOException {
    return Peers.CLIENT.connect(SocketChannel.open(server.localAddress()), Peers.BOBS_KEY);
  }

  private static String inFull(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
