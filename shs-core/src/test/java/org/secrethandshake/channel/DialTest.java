package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.identity.MultiserverAddress;

class DialTest {
  private final BlockingQueue<IdentityKey> clients = new LinkedBlockingQueue<>();
  private SecretServer server;

  @BeforeEach
  void startServer() throws IOException {
    server =
        SecretServer.builder(Peers.SERVER)
            .authorizer(Authorizer.anyone())
            .handler(
                channel -> {
                  clients.add(channel.peer());
                  channel.inputStream().transferTo(channel.outputStream());
                })
            .start(Peers.anyPort());
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void reachesTheServerOfAnAddress() throws Exception {
    try (SecretChannel channel = Peers.CLIENT.connect(address(Peers.BOB.publicKey()))) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      assertEquals(3, channel.read(ByteBuffer.allocate(9)));
      assertEquals(Peers.ALICE.publicKey(), clients.take());
    }
  }

  /** Nobody else notices a peer that has vanished without a word. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void hasTheSystemProbeThePeerAtBothEnds() throws Exception {
    try (SecretChannel channel = Peers.CLIENT.connect(address(Peers.BOB.publicKey()))) {
      clients.take();
      Waiting.until(() -> endsWithKeepAliveTimer(server.localAddress().getPort()) == 2);
      assertTrue(channel.isOpen());
    }
  }

  /** How many ends of open connections to a port the kernel says to have that timer. */
  private static long endsWithKeepAliveTimer(int port) {
    String suffix = ":%04X".formatted(port);
    return Stream.of("tcp", "tcp6")
        .map(name -> Path.of("/proc/net", name))
        .flatMap(DialTest::lines)
        .map(line -> line.strip().split("\\s+"))
        .filter(fields -> fields[1].endsWith(suffix) || fields[2].endsWith(suffix))
        .filter(fields -> fields[3].equals("01") && fields[5].startsWith("02:"))
        .count();
  }

  private static Stream<String> lines(Path table) {
    try {
      return Files.exists(table) ? Files.readAllLines(table).stream() : Stream.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void usesTheSeedOfAnAddressAsItsIdentity() throws Exception {
    byte[] seed = Peers.pattern(32);
    SecretHandshake nobody =
        SecretHandshake.builder().crypto(Peers.CRYPTO).network(NetworkKey.SCUTTLEBUTT).build();
    try (SecretChannel channel = nobody.connect(address(Peers.BOB.publicKey()).withSeed(seed))) {
      assertEquals(IdentityKeyPair.fromSeed(Peers.CRYPTO, seed).publicKey(), clients.take());
      assertEquals(Peers.BOB.publicKey(), channel.peer());
    }
    String missing =
        assertThrows(
                IllegalStateException.class, () -> nobody.connect(address(Peers.BOB.publicKey())))
            .getMessage();
    assertTrue(missing.contains("no identity is configured"), missing);
  }

  @Test
  void triesTheAlternativesInTheirOrder() throws Exception {
    MultiserverAddress unreachable =
        MultiserverAddress.of("127.0.0.1", closedPort(), Peers.BOB.publicKey());
    MultiserverAddress wrongKey = address(Peers.ALICE.publicKey());
    MultiserverAddress good = address(Peers.BOB.publicKey());
    try (SecretChannel channel = Peers.CLIENT.connect(unreachable.or(wrongKey).or(good))) {
      assertEquals(Peers.BOB.publicKey(), channel.peer());
    }
  }

  @Test
  void reportsTheFirstFailureAndKeepsTheOthers() throws Exception {
    int port = closedPort();
    MultiserverAddress unreachable =
        MultiserverAddress.of("127.0.0.1", port, Peers.BOB.publicKey());
    ConnectException first =
        assertThrows(
            ConnectException.class,
            () -> Peers.CLIENT.connect(unreachable.or(address(Peers.ALICE.publicKey()))));
    assertEquals(
        "Could not connect to port " + port + " of 127.0.0.1: Connection refused.",
        first.getMessage());
    HandshakeException second = (HandshakeException) first.getSuppressed()[0];
    assertEquals(Reason.CLOSED_BY_PEER, second.reason());
  }

  @Test
  void aHostThatIsNotFoundIsAFailureLikeOthers() throws Exception {
    MultiserverAddress nowhere =
        MultiserverAddress.of("no-such-host.invalid", 8008, Peers.BOB.publicKey());
    assertThrows(UnknownHostException.class, () -> Peers.CLIENT.connect(nowhere));
    try (SecretChannel channel = Peers.CLIENT.connect(nowhere.or(address(Peers.BOB.publicKey())))) {
      assertEquals(Peers.BOB.publicKey(), channel.peer());
    }
  }

  /** The alternative that would answer is not tried: an interrupt means the whole dial. */
  @Test
  void anInterruptEndsTheDialAndNotOnlyItsFirstAlternative() throws Exception {
    MultiserverAddress good = address(Peers.BOB.publicKey());
    Thread.currentThread().interrupt();
    try {
      assertThrows(ClosedByInterruptException.class, () -> Peers.CLIENT.connect(good.or(good)));
      assertTrue(Thread.currentThread().isInterrupted());
    } finally {
      Thread.interrupted();
    }
  }

  private MultiserverAddress address(IdentityKey serverKey) {
    return MultiserverAddress.of("127.0.0.1", server.localAddress().getPort(), serverKey);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(Peers.anyPort());
      return socket.getLocalPort();
    }
  }
}
