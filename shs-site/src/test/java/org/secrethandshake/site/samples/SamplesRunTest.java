package org.secrethandshake.site.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.ChannelPair;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.channel.ServerCounters;
import org.secrethandshake.channel.Transports;
import org.secrethandshake.handshake.ServerHandshake;
import org.secrethandshake.handshake.ServerKey;
import org.secrethandshake.identity.MultiserverAddress;

/** The samples of the pages do what the pages say. */
class SamplesRunTest {
  private final Peers peers = new Peers();

  @AfterEach
  void close() {
    peers.close();
  }

  @Test
  void clientsAskAndAreAnswered() throws Exception {
    try (SecretServer server = peers.echo(0);
        SecretHandshake shs = ClientSamples.configure(peers.alice)) {
      String address = peers.address(server).format();
      assertEquals("Are you there?", ClientSamples.ask(shs, address, "Are you there?"));
    }
  }

  @Test
  void clientsUseTheConnectionsThatTheyHave() throws Exception {
    ServerKey bob = peers.client.serverKey(peers.bob.publicKey());
    try (SecretServer server = peers.echo(0)) {
      InetSocketAddress there = server.localAddress();
      try (SecretChannel channel =
          ClientSamples.overChannel(peers.client, SocketChannel.open(there), bob)) {
        ClientSamples.sendLines(channel, List.of("one", "two"));
        assertEquals("one\ntwo\n", new String(channel.inputStream().readAllBytes(), UTF_8));
      }
      try (SecretChannel channel =
          ClientSamples.overSocket(
              peers.client, new Socket(there.getAddress(), there.getPort()), bob)) {
        ClientSamples.sendLines(channel, List.of("three"));
        assertEquals("three\n", new String(channel.inputStream().readAllBytes(), UTF_8));
      }
    }
  }

  @Test
  void serversLetTheirFriendsIn() throws Exception {
    ServerCounters counters = new ServerCounters();
    SecretServer server =
        ServerSamples.start(peers.service, Set.of(peers.alice.publicKey()), counters);
    MultiserverAddress address = peers.address(server);
    assertEquals("Hi", ClientSamples.ask(peers.client, address.format(), "Hi"));
    ServerSamples.stop(server);

    assertEquals(1, counters.channelsOpened());
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    MicrometerSamples.bind(registry, counters);
    assertEquals(1, registry.get("shs.channels.opened").functionCounter().count());
    assertEquals(
        0,
        registry.get("shs.handshakes.failed").tag("reason", "REFUSED").functionCounter().count());
  }

  @Test
  void serversAcceptOverAnyTransport() throws Exception {
    Transports.Pair pair = Transports.pair();
    CompletableFuture<SecretChannel> accepted =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return ServerSamples.acceptOne(peers.service, pair.right(), Authorizer.anyone());
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    try (SecretChannel client =
            peers.client.connect(pair.left(), peers.client.serverKey(peers.bob.publicKey()));
        SecretChannel server = accepted.get()) {
      assertEquals(peers.alice.publicKey(), server.peer());
      client.abort();
    }
  }

  @Test
  void theDatabaseDecidesAndNamesTheAccount() throws Exception {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:clients");
    try (Connection open = database.getConnection()) {
      open.createStatement()
          .execute("CREATE TABLE clients (public_key BINARY(32) PRIMARY KEY, account VARCHAR(80))");
      try (SecretServer server = AllowListSamples.greet(peers.service, database)) {
        String address = peers.address(server).format();
        HandshakeException refusal =
            assertThrows(
                HandshakeException.class, () -> ClientSamples.ask(peers.client, address, ""));
        assertEquals(HandshakeException.Reason.CLOSED_BY_PEER, refusal.reason());

        try (PreparedStatement insert =
            open.prepareStatement("INSERT INTO clients VALUES (?, 'alice')")) {
          insert.setBytes(1, peers.alice.publicKey().bytes());
          insert.execute();
        }
        assertEquals("Hello, alice", ClientSamples.ask(peers.client, address, ""));
      }
    }
  }

  @Test
  void anonymousClientsAreKnownByNothing() throws Exception {
    Transports.Pair pair = Transports.pair();
    CompletableFuture<IdentityKey> seen = new CompletableFuture<>();
    Authorizer authorizer =
        client -> {
          seen.complete(client);
          return Authorizer.anyone().authorize(client);
        };
    CompletableFuture<SecretChannel> accepted = accepting(pair, authorizer);
    ServerKey bob = peers.client.serverKey(peers.bob.publicKey());
    try (SecretChannel channel =
            AnonymousSamples.anonymously(peers.client, peers.crypto, pair.left(), bob);
        SecretChannel other = accepted.get()) {
      assertFalse(seen.get().equals(peers.alice.publicKey()));
      channel.abort();
      other.abort();
    }
  }

  private CompletableFuture<SecretChannel> accepting(Transports.Pair pair, Authorizer authorizer) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return ServerSamples.acceptOne(peers.service, pair.right(), authorizer);
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  @Test
  void invitesMakeTheirHolderTheGuest() throws Exception {
    try (IdentityKeyPair guest = IdentityKeyPair.generate(peers.crypto);
        SecretServer server =
            ServerSamples.start(peers.service, Set.of(guest.publicKey()), new ServerCounters())) {
      String invite = AnonymousSamples.invite(peers.address(server), guest);
      try (SecretChannel channel = AnonymousSamples.accept(peers.client, invite)) {
        assertTrue(channel.isOpen());
      }
    }
  }

  @Test
  void keysAreTheSameOnceTheyAreOnDisk(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("secret");
    try (IdentityKeyPair first = KeySamples.readOrCreate(file, peers.crypto);
        IdentityKeyPair second = KeySamples.readOrCreate(file, peers.crypto)) {
      assertEquals(first.publicKey(), second.publicKey());
    }
    Path network = folder.resolve("network");
    KeySamples.createNetwork(network, peers.crypto);
    assertEquals(NetworkKey.BYTES, KeySamples.readNetwork(network).exportBytes().length);
  }

  @Test
  void limitsCutASilentPeer() throws Exception {
    try (SecretHandshake patient =
            TimeoutSamples.patient(peers.crypto, NetworkKey.SCUTTLEBUTT, peers.alice);
        ChannelPair pair = ChannelPair.connect(patient, peers.service, peers.bob.publicKey())) {
      TimeoutSamples.expectAnswersWithin(pair.client(), Duration.ofMillis(1));
      BoxStreamException cut =
          assertThrows(BoxStreamException.class, () -> pair.client().read(ByteBuffer.allocate(1)));
      assertEquals(BoxStreamException.Reason.TIMEOUT, cut.reason());
    }
  }

  @Test
  void dialsAgainUntilTheServerIsThere() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    MultiserverAddress address = MultiserverAddress.of("127.0.0.1", port, peers.bob.publicKey());
    Reconnecting reconnecting =
        new Reconnecting(peers.client, address, Duration.ofMillis(5), Duration.ofMillis(20));
    CompletableFuture<SecretChannel> dialled = new CompletableFuture<>();
    Thread dialler =
        new Thread(
            () -> {
              try {
                dialled.complete(reconnecting.dial());
              } catch (Exception e) {
                dialled.completeExceptionally(e);
              }
            });
    dialler.start();
    try (SecretServer server = peers.echo(port);
        SecretChannel channel = dialled.get()) {
      assertEquals(server.localAddress(), channel.remoteAddress().orElseThrow());
    }
  }

  @Test
  void dialsNoMoreWhereAnotherNetworkAnswers() throws Exception {
    try (SecretServer server = peers.echo(0);
        SecretHandshake stranger =
            SecretHandshake.builder()
                .crypto(peers.crypto)
                .network(NetworkKey.generate(peers.crypto))
                .identity(peers.alice)
                .build()) {
      String told = ErrorSamples.fetch(stranger, peers.address(server));
      assertTrue(told.startsWith("no channel, CLOSED_BY_PEER: "), told);
      assertEquals("0 bytes, complete", ErrorSamples.fetch(peers.client, peers.address(server)));
    }
  }

  @Test
  void anEventLoopNeedsNothingButBytes() throws Exception {
    StringBuilder heard = new StringBuilder();
    ServerKey bob = peers.client.serverKey(peers.bob.publicKey());
    try (SecretServer server = peers.echo(0);
        SocketChannel socket = SocketChannel.open(server.localAddress());
        LoopClient client =
            new LoopClient(peers.client.client(bob), text -> heard.append(UTF_8.decode(text)))) {
      ByteBuffer in = ByteBuffer.allocate(7);
      ByteBuffer out = ByteBuffer.allocate(1024);
      client.advance(in.flip(), out);
      while (!client.isConnected()) {
        send(socket, out);
        in.compact();
        socket.read(in);
        client.advance(in.flip(), out);
      }
      client.write(ByteBuffer.wrap("over the loop".getBytes(UTF_8)), out);
      client.goodbye(out);
      send(socket, out);
      in.compact();
      while (socket.read(in) >= 0) {
        client.advance(in.flip(), out);
        in.compact();
      }
      client.endOfInput();
    }
    assertEquals("over the loop", heard.toString());
  }

  private static void send(SocketChannel socket, ByteBuffer out) throws Exception {
    out.flip();
    while (out.hasRemaining()) {
      socket.write(out);
    }
    out.clear();
  }

  @Test
  void anEventLoopWaitsForNobodyWhoDecides() throws Exception {
    for (boolean known : new boolean[] {true, false}) {
      try (ServerHandshake handshake = handshakeInAuthorize()) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        StringBuilder told = new StringBuilder();
        LoopServerSamples.authorize(
            handshake,
            client -> answer,
            Runnable::run,
            () -> told.append("advance"),
            () -> told.append("close"));
        assertEquals("", told.toString());
        answer.complete(known);
        assertEquals(known ? "advance" : "close", told.toString());
      }
    }
  }

  private ServerHandshake handshakeInAuthorize() throws Exception {
    ServerHandshake server = peers.service.server();
    ByteBuffer bytes = ByteBuffer.allocate(256);
    try (var client = peers.client.client(peers.client.serverKey(peers.bob.publicKey()))) {
      client.send(bytes);
      server.receive(bytes.flip());
      server.send(bytes.clear());
      client.receive(bytes.flip());
      client.send(bytes.clear());
      server.receive(bytes.flip());
    }
    return server;
  }
}
