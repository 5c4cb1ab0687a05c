package org.secrethandshake.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.IdentityKey;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.channel.SecretServer;
import org.secrethandshake.channel.Transports;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.identity.SecretFile;
import org.secrethandshake.spi.CryptoProvider;

/**
 * The rows of docs/migrating.md: what stands there is the code between "row" and "end" here, and
 * each is run with the JavaScript reference as the other side.
 */
class MigratingTest {
  private static final Path PAGE = Project.ROOT.resolve("docs/migrating.md");
  private static final byte[] APP_KEY = NetworkKey.SCUTTLEBUTT.exportBytes();
  private static final byte[] SEED = Peers.repeated(0x22);
  private static final int BYTES = 10_000;

  private final CryptoProvider crypto = CryptoProviders.named("bouncycastle");
  private final IdentityKeyPair keys = IdentityKeyPair.fromSeed(crypto, SEED);
  private final NetworkKey network = NetworkKey.SCUTTLEBUTT;
  private final InetSocketAddress anyPort = new InetSocketAddress(Peers.LOCALHOST, 0);
  private final Directory directory = new Directory();

  @TempDir private Path folder;
  private ReferencePeer peer;
  private ReferencePeer.Event listening;

  /** What an application knows about its clients. */
  private record Account(String name) {}

  private static final class Directory {
    private final Map<IdentityKey, Account> accounts = new LinkedHashMap<>();

    Optional<Account> find(IdentityKey client) {
      return Optional.ofNullable(accounts.get(client));
    }

    CompletableFuture<Optional<Account>> findLater(IdentityKey client) {
      return CompletableFuture.supplyAsync(() -> find(client));
    }
  }

  @BeforeEach
  void needsTheReference() {
    Requirement.NODE.orSkip("the code of docs/migrating.md against the reference");
  }

  @AfterEach
  void end() throws IOException {
    if (peer != null) {
      peer.close();
    }
  }

  @Test
  void thePageShowsTheCodeThatIsRunHere() throws IOException {
    Map<String, String> rows = rows();
    assertTrue(rows.size() > 20, rows.keySet()::toString);
    assertEquals(rows, sections());
  }

  // JavaScript

  @Test
  void keysAndNetwork() throws Exception {
    byte[] seed = SEED;
    byte[] appKey = APP_KEY;
    // row toKeys(seed)
    IdentityKeyPair identity = IdentityKeyPair.fromSeed(crypto, seed);
    // end
    // row appKey
    NetworkKey network = NetworkKey.of(appKey);
    // end
    startServer("--allow", hex(keys.publicKey()));
    try (SecretHandshake shs = side(identity, network);
        SecretChannel channel = shs.connect(dial(), shs.serverKey(serverKey()))) {
      echoes(channel);
    }
  }

  @Test
  void createClient() throws Exception {
    startServer();
    InetSocketAddress address = address();
    IdentityKey server = serverKey();
    // row createClient
    SecretHandshake shs =
        SecretHandshake.builder().crypto(crypto).network(network).identity(keys).build();
    SecretChannel channel = shs.connect(SocketChannel.open(address), shs.serverKey(server));
    // end
    try (shs;
        channel) {
      assertEquals(hex(keys.publicKey()), peer.await("connected").remote());
      echoes(channel);
    }
  }

  @Test
  void seed() throws Exception {
    byte[] seed = Peers.repeated(0x44);
    startServer("--allow", hex(IdentityKeyPair.fromSeed(crypto, seed).publicKey()));
    InetSocketAddress address = address();
    IdentityKey server = serverKey();
    SecretChannel channel;
    // row seed
    try (SecretHandshake shs = SecretHandshake.builder().crypto(crypto).network(network).build();
        IdentityKeyPair guest = IdentityKeyPair.fromSeed(crypto, seed)) {
      channel = shs.connect(SocketChannel.open(address), shs.serverKey(server), guest);
    }
    // end
    try (channel) {
      echoes(channel);
    }
  }

  @Test
  void createServer() throws Exception {
    try (SecretHandshake shs = side(keys, network)) {
      Authorizer authorizer = Authorizer.anyone();
      // row createServer
      SecretServer server =
          SecretServer.builder(shs)
              .authorizer(authorizer)
              .handler(channel -> channel.inputStream().transferTo(channel.outputStream()))
              .start(new InetSocketAddress("127.0.0.1", 0));
      // end
      try (server) {
        startClient(server);
        peer.await("connected");
        Transfer.assertClean(peer.await("end"), BYTES, BYTES);
      }
    }
  }

  @Test
  void authorizeAndAuth() throws Exception {
    CompletableFuture<Account> seen = new CompletableFuture<>();
    directory.accounts.put(referencesKey(), new Account("Alice"));
    // row authorize
    Authorizer authorizer = client -> directory.find(client);
    // end
    serve(
        authorizer,
        channel -> {
          // row plainstream.auth
          Account account = channel.authorization(Account.class).orElseThrow();
          // end
          seen.complete(account);
        },
        () -> {
          peer.await("connected");
          assertEquals("Alice", seen.get(10, TimeUnit.SECONDS).name());
        });
    directory.accounts.clear();
    serve(authorizer, channel -> {}, () -> assertEquals("handshake", peer.await("error").phase()));
  }

  @Test
  void authorizeLater() throws Exception {
    directory.accounts.put(referencesKey(), new Account("Alice"));
    // row authorize, with an answer that comes later
    Authorizer authorizer = Authorizer.async(client -> directory.findLater(client));
    // end
    serve(authorizer, channel -> {}, () -> peer.await("connected"));
    directory.accounts.clear();
    serve(authorizer, channel -> {}, () -> assertEquals("handshake", peer.await("error").phase()));
  }

  @Test
  void timeout() throws Exception {
    try (ServerSocketChannel silent = ServerSocketChannel.open().bind(anyPort)) {
      // row timeout
      SecretHandshake shs =
          SecretHandshake.builder()
              .crypto(crypto)
              .network(network)
              .identity(keys)
              .timeout(Duration.ofMillis(500))
              .build();
      // end
      try (shs) {
        HandshakeException e =
            assertThrows(
                HandshakeException.class,
                () ->
                    shs.connect(
                        SocketChannel.open(silent.getLocalAddress()),
                        shs.serverKey(keys.publicKey())));
        assertEquals(HandshakeException.Reason.TIMEOUT, e.reason());
        startServer();
        try (SecretChannel channel = shs.connect(dial(), shs.serverKey(serverKey()))) {
          echoes(channel);
        }
      }
    }
  }

  @Test
  void remote() throws Exception {
    startServer();
    try (SecretHandshake shs = side(keys, network);
        SecretChannel channel = shs.connect(dial(), shs.serverKey(serverKey()))) {
      // row plainstream.remote
      IdentityKey remote = channel.peer();
      // end
      assertEquals(serverKey(), remote);
    }
  }

  @Test
  void sourceAndSink() throws Exception {
    startServer();
    try (SecretHandshake shs = side(keys, network);
        SecretChannel channel = shs.connect(dial(), shs.serverKey(serverKey()))) {
      byte[] message = "Hello!".getBytes(UTF_8);
      // row plainstream.source and plainstream.sink
      channel.outputStream().write(message);
      channel.shutdownOutput();
      byte[] received = channel.inputStream().readAllBytes();
      // end
      assertArrayEquals(message, received);
      peer.await("connected");
      ReferencePeer.Event end = peer.await("end");
      assertTrue(end.clean());
      assertEquals(message.length, end.received());
    }
  }

  @Test
  void callbackWithAnError() throws Exception {
    startServer("--allow", "none");
    InetSocketAddress address = address();
    IdentityKey server = serverKey();
    HandshakeException.Reason reason = null;
    try (SecretHandshake shs = side(keys, network)) {
      // row cb(err)
      try (SecretChannel channel =
          shs.connect(SocketChannel.open(address), shs.serverKey(server))) {
        channel.outputStream().write(1);
      } catch (HandshakeException e) {
        reason = e.reason();
      }
      // end
    }
    assertEquals(HandshakeException.Reason.CLOSED_BY_PEER, reason);
  }

  @Test
  void multiserver() throws Exception {
    peer = ReferencePeer.start("multiserver-server.js");
    String address = peer.await("listening").address();
    try (SecretHandshake shs = side(keys, network)) {
      // row multiserver
      SecretChannel channel = shs.connect(MultiserverAddress.parse(address));
      // end
      try (channel) {
        echoes(channel);
      }
    }
  }

  // Go

  @Test
  void genEdKeyPair() throws Exception {
    startServer();
    // row secrethandshake.GenEdKeyPair
    IdentityKeyPair identity = IdentityKeyPair.generate(crypto);
    // end
    try (SecretHandshake shs = side(identity, network);
        SecretChannel channel = shs.connect(dial(), shs.serverKey(serverKey()))) {
      assertEquals(hex(identity.publicKey()), peer.await("connected").remote());
    }
  }

  @Test
  void loadSsbKeyPair() throws Exception {
    Path file = folder.resolve("secret");
    SecretFile.create(file, keys);
    // row secrethandshake.LoadSSBKeyPair
    IdentityKeyPair identity = SecretFile.read(file, crypto);
    // end
    startServer();
    try (SecretHandshake shs = side(identity, network);
        SecretChannel channel = shs.connect(dial(), shs.serverKey(serverKey()))) {
      assertEquals(hex(keys.publicKey()), peer.await("connected").remote());
    }
  }

  @Test
  void newClientAndDial() throws Exception {
    startServer();
    int port = listening.port();
    byte[] serverKey = serverKey().bytes();
    // row secretstream.NewClient and netwrap.Dial
    SecretHandshake client =
        SecretHandshake.builder().crypto(crypto).network(network).identity(keys).build();
    SecretChannel conn =
        client.connect(MultiserverAddress.of("127.0.0.1", port, IdentityKey.of(serverKey)));
    // end
    try (client;
        conn) {
      echoes(conn);
    }
  }

  @Test
  void newServerAndListen() throws Exception {
    // row secretstream.NewServer, netwrap.Listen and Accept
    SecretHandshake shs =
        SecretHandshake.builder().crypto(crypto).network(network).identity(keys).build();
    SecretServer server =
        SecretServer.builder(shs)
            .authorizer(Authorizer.anyone())
            .handler(conn -> conn.inputStream().transferTo(conn.outputStream()))
            .start(new InetSocketAddress("127.0.0.1", 0));
    // end
    try (shs;
        server) {
      startClient(server);
      peer.await("connected");
      Transfer.assertClean(peer.await("end"), BYTES, BYTES);
    }
  }

  @Test
  void connWrapperOfTheServer() throws Exception {
    try (ServerSocketChannel listener = ServerSocketChannel.open().bind(anyPort);
        SecretHandshake shs = side(keys, network)) {
      startClient(((InetSocketAddress) listener.getLocalAddress()).getPort());
      // row server.ConnWrapper
      SocketChannel tcp = listener.accept();
      SecretChannel conn = shs.accept(tcp, Authorizer.anyone());
      // end
      try (conn) {
        assertEquals(referencesKey(), conn.peer());
        conn.inputStream().transferTo(conn.outputStream());
        conn.shutdownOutput();
        peer.await("connected");
        Transfer.assertClean(peer.await("end"), BYTES, BYTES);
      }
    }
  }

  @Test
  void pubKeyOfTheRemoteAddress() throws Exception {
    startServer();
    try (SecretHandshake shs = side(keys, network);
        SecretChannel conn = shs.connect(dial(), shs.serverKey(serverKey()))) {
      // row conn.RemoteAddr and secretstream.Addr
      byte[] publicKey = conn.peer().bytes();
      Optional<?> address = conn.remoteAddress();
      // end
      assertArrayEquals(serverKey().bytes(), publicKey);
      assertEquals(Optional.of(address()), address);
    }
  }

  @Test
  void deadlines() throws Exception {
    startServer();
    try (SecretHandshake shs = side(keys, network);
        SecretChannel conn = shs.connect(dial(), shs.serverKey(serverKey()))) {
      // row conn.SetReadDeadline, conn.SetWriteDeadline and conn.SetDeadline
      conn.readTimeout(Duration.ofMillis(300));
      conn.writeTimeout(Duration.ofSeconds(10));
      conn.idleTimeout(Duration.ofMinutes(5));
      // end
      BoxStreamException e =
          assertThrows(BoxStreamException.class, () -> conn.inputStream().read());
      assertEquals(BoxStreamException.Reason.TIMEOUT, e.reason());
    }
  }

  @Test
  void readAndEndOfFile() throws Exception {
    startServer("--mode", "source", "--bytes", "3");
    try (SecretHandshake shs = side(keys, network);
        SecretChannel conn = shs.connect(dial(), shs.serverKey(serverKey()))) {
      byte[] buffer = new byte[100];
      int total = 0;
      // row conn.Read and io.EOF
      InputStream in = conn.inputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
      }
      // end
      assertEquals(3, total);
    }
  }

  @Test
  void close() throws Exception {
    startServer("--mode", "sink");
    try (SecretHandshake shs = side(keys, network);
        SecretChannel conn = shs.connect(dial(), shs.serverKey(serverKey()))) {
      // row conn.Close
      conn.close();
      // end
      assertFalse(conn.isOpen());
      peer.await("connected");
      Transfer.assertClean(peer.await("end"), 0, 0);
    }
  }

  @Test
  void anyReaderAndWriter() throws Exception {
    startServer();
    IdentityKey server = serverKey();
    try (Socket socket = new Socket(Peers.LOCALHOST, listening.port());
        SecretHandshake shs = side(keys, network)) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      // row secrethandshake.Client over any io.ReadWriter
      SecretChannel conn = shs.connect(Transports.of(in, out, socket), shs.serverKey(server));
      // end
      try (conn) {
        echoes(conn);
      }
    }
  }

  private interface Check {
    void run() throws Exception;
  }

  private void serve(Authorizer authorizer, SecretServer.Handler handler, Check check)
      throws Exception {
    try (SecretHandshake shs = side(keys, network);
        SecretServer server =
            SecretServer.builder(shs).authorizer(authorizer).handler(handler).start(anyPort)) {
      startClient(server);
      check.run();
    } finally {
      end();
    }
  }

  private void startServer(String... options) throws Exception {
    peer = ReferencePeer.start("peer-server.js", options);
    listening = peer.await("listening");
  }

  private void startClient(SecretServer server) throws IOException {
    startClient(server.localAddress().getPort());
  }

  private void startClient(int port) throws IOException {
    peer =
        ReferencePeer.start(
            "peer-client.js",
            "--port",
            Integer.toString(port),
            "--server",
            hex(keys.publicKey()),
            "--bytes",
            Integer.toString(BYTES));
  }

  private SecretHandshake side(IdentityKeyPair identity, NetworkKey network) {
    return SecretHandshake.builder().crypto(crypto).network(network).identity(identity).build();
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(Peers.LOCALHOST, listening.port());
  }

  private SocketChannel dial() throws IOException {
    return SocketChannel.open(address());
  }

  private IdentityKey serverKey() {
    return IdentityKey.of(HexFormat.of().parseHex(listening.publicKey()));
  }

  /** The identity of the reference's programs unless they are given another. */
  private IdentityKey referencesKey() {
    return IdentityKeyPair.fromSeed(crypto, Peers.repeated(0x11)).publicKey();
  }

  private static String hex(IdentityKey key) {
    return HexFormat.of().formatHex(key.bytes());
  }

  private static void echoes(SecretChannel channel) throws IOException {
    byte[] message = "Hello!".getBytes(UTF_8);
    channel.outputStream().write(message);
    assertArrayEquals(message, channel.inputStream().readNBytes(message.length));
  }

  /** The rows of this file, by name. */
  private static Map<String, String> rows() throws IOException {
    String source =
        Files.readString(
            Path.of("src/test/java", MigratingTest.class.getName().replace('.', '/') + ".java"));
    return Pattern.compile("( +)// row (.*)\n((?s:.*?))\\1// end\n")
        .matcher(source)
        .results()
        .collect(
            Collectors.toMap(
                row -> row.group(2),
                row -> row.group(3).replaceAll("(?m)^" + row.group(1), "").strip(),
                MigratingTest::unique,
                LinkedHashMap::new));
  }

  /** The Java code of the page, by the headings above it. */
  private static Map<String, String> sections() throws IOException {
    return Pattern.compile("### ([^\n]*)\n(?:(?!\n###? )(?s:.))*?```java\n((?s:.*?))```")
        .matcher(Files.readString(PAGE))
        .results()
        .collect(
            Collectors.toMap(
                (MatchResult section) -> section.group(1).replace("`", ""),
                section -> section.group(2).strip(),
                MigratingTest::unique,
                LinkedHashMap::new));
  }

  private static String unique(String one, String other) {
    throw new AssertionError("two rows of one name: " + one + " and " + other);
  }
}
