package org.secrethandshake.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of a tunnel, between a plain client and a plain server of the test. */
@Timeout(60)
class TunnelTest {
  private static final String ANY_PORT = "127.0.0.1:0";
  private static final int COPY_BYTES = 16 * 1024 * 1024;
  private static final int CONNECTIONS = 50;

  @TempDir private Path folder;

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "test-plain");
            thread.setDaemon(true);
            return thread;
          });
  private final TestShell server = new TestShell();
  private final TestShell client = new TestShell();
  private ServerSocket target;
  private Future<Outcome> serverEnd;
  private Future<Outcome> clientEnd;

  @BeforeEach
  void listen() throws IOException {
    target = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws Exception {
    target.close();
    threads.shutdownNow();
    if (clientEnd != null) {
      client.interrupt();
      clientEnd.get();
    }
    if (serverEnd != null) {
      server.interrupt();
      serverEnd.get();
    }
  }

  @Test
  void carriesEveryByteAndEachEndByItself() throws Exception {
    startBoth();
    try (Socket plain = connect();
        Socket accepted = target.accept()) {
      byte[] bytes = new byte[COPY_BYTES];
      new Random(1).nextBytes(bytes);
      Future<byte[]> there = threads.submit(() -> digest(accepted.getInputStream()));
      plain.getOutputStream().write(bytes);
      plain.shutdownOutput();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertArrayEquals(digest, there.get());

      Future<byte[]> back = threads.submit(() -> digest(plain.getInputStream()));
      accepted.getOutputStream().write(bytes);
      accepted.shutdownOutput();
      assertArrayEquals(digest, back.get());
    }
  }

  @Test
  void carriesManyConnectionsAtOnce() throws Exception {
    startBoth();
    threads.submit(
        () -> {
          while (true) {
            Socket accepted = target.accept();
            threads.submit(() -> accepted.getInputStream().transferTo(accepted.getOutputStream()));
          }
        });
    List<Socket> open = new ArrayList<>();
    for (int number = 0; number < CONNECTIONS; number++) {
      Socket plain = connect();
      plain.getOutputStream().write(number);
      open.add(plain);
    }
    for (int number = 0; number < CONNECTIONS; number++) {
      assertEquals(number, open.get(number).getInputStream().read());
      open.get(number).close();
    }
  }

  @Test
  void passesAResetOnFromEitherSide() throws Exception {
    startBoth();
    try (Socket plain = connect();
        Socket accepted = target.accept()) {
      talk(plain, accepted);
      reset(plain);
      assertReset(accepted);
    }
    try (Socket plain = connect();
        Socket accepted = target.accept()) {
      talk(plain, accepted);
      reset(accepted);
      assertReset(plain);
    }
  }

  @Test
  void resetsTheClientWhoseTargetRefuses() throws Exception {
    startBoth();
    target.close();
    try (Socket plain = connect()) {
      assertReset(plain);
    }
    server.awaitErrors("cannot be reached");
  }

  @Test
  void bothPlainSidesSeeAResetWhenOneEndIsStoppedInTheMiddle() throws Exception {
    startBoth("--grace", "0.001");
    try (Socket plain = connect();
        Socket accepted = target.accept()) {
      talk(plain, accepted);
      client.interrupt();
      assertEquals(ExitCodes.OK, clientEnd.get().exitCode());
      assertReset(plain);
      assertReset(accepted);
    }
    clientEnd = null;
  }

  @Test
  void letsConnectionsEndWithinTheGraceAndTakesNoMore() throws Exception {
    startBoth("--grace", "30");
    try (Socket plain = connect();
        Socket accepted = target.accept()) {
      talk(plain, accepted);
      InetSocketAddress door = (InetSocketAddress) plain.getRemoteSocketAddress();
      client.interrupt();
      awaitRefusal(door);
      talk(plain, accepted);
      accepted.getOutputStream().write(7);
      accepted.shutdownOutput();
      plain.shutdownOutput();
      assertArrayEquals(new byte[] {7}, plain.getInputStream().readAllBytes());
      assertEquals(ExitCodes.OK, clientEnd.get().exitCode());
    }
    clientEnd = null;
  }

  @Test
  void waitsForAServerThatIsNotThereYet() throws Exception {
    Path key = key("server");
    String address;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "net:127.0.0.1:%d~shs:".formatted(probe.getLocalPort());
    }
    int port = Integer.parseInt(address.split(":")[2].split("~")[0]);
    startClient(address + publicKey(key), "--retry", "30");
    try (Socket plain = connect()) {
      plain.getOutputStream().write(1);
      startServer("127.0.0.1:" + port, "--allow-anyone", "--key", key.toString());
      try (Socket accepted = target.accept()) {
        assertEquals(1, accepted.getInputStream().read());
      }
    }
  }

  @Test
  void resetsAConnectionThatHasWaitedInVainAndServesOn() throws Exception {
    startClient("net:127.0.0.1:1~shs:" + publicKey(key("server")), "--retry", "0.15");
    for (int tries = 0; tries < 2; tries++) {
      try (Socket plain = connect()) {
        assertReset(plain);
      }
    }
    client.awaitErrors("there is no channel for it");
  }

  @Test
  void obeysTheAllowFileAsItIsAtTheMoment() throws Exception {
    Path ours = key("ours");
    Path allow = folder.resolve("allow");
    Files.writeString(allow, publicKey(ours) + "\n");
    startServer(ANY_PORT, "--allow-file", allow.toString());
    startClient(server.listeningAddress(), "--key", ours.toString());
    assertArrives();

    replace(allow, "no key\n");
    assertArrives();
    server.awaitErrors("The list from before stays in force.");

    replace(allow, publicKey(key("other")) + "\n");
    try (Socket plain = connect()) {
      assertReset(plain);
    }
    server.awaitErrors("1 added, 1 removed");

    replace(allow, publicKey(ours) + " # back\n");
    assertArrives();

    replace(allow, "# nobody\n");
    try (Socket plain = connect()) {
      assertReset(plain);
    }
  }

  /** The time and the size of a file may stay the same while its keys do not. */
  @Test
  void seesAChangeThatTheFileSystemDoesNotShow() throws Exception {
    Path ours = key("ours");
    Path allow = Files.writeString(folder.resolve("allow"), publicKey(ours) + "\n");
    startServer(ANY_PORT, "--allow-file", allow.toString());
    startClient(server.listeningAddress(), "--key", ours.toString());
    client.listeningAddress();

    Files.writeString(allow, publicKey(key("other")) + "\n");
    FileTime recent = FileTime.from(Instant.now().plusSeconds(3600));
    Files.setLastModifiedTime(allow, recent);
    try (Socket plain = connect()) {
      assertReset(plain);
    }
    Files.writeString(allow, publicKey(ours) + "\n");
    Files.setLastModifiedTime(allow, recent);
    assertArrives();
  }

  @Test
  void resetsBothProgramsWhenTheLinkBetweenTheEndsIsCut() throws Exception {
    startServer(ANY_PORT, "--allow-anyone");
    String address = server.listeningAddress();
    int port = Integer.parseInt(address.replaceAll(".*:(\\d+)~.*", "$1"));
    try (ServerSocket link = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      startClient(address.replace(":" + port + "~", ":" + link.getLocalPort() + "~"));
      try (Socket plain = connect();
          Socket near = link.accept();
          Socket far = new Socket(InetAddress.getLoopbackAddress(), port)) {
        threads.submit(() -> near.getInputStream().transferTo(far.getOutputStream()));
        threads.submit(() -> far.getInputStream().transferTo(near.getOutputStream()));
        try (Socket accepted = target.accept()) {
          talk(plain, accepted);
          near.close();
          far.close();
          assertReset(plain);
          assertReset(accepted);
        }
      }
    }
  }

  @Test
  void listensAtASocketThatIsForItsOwnerAndForwardsToOne() throws Exception {
    Path door = folder.resolve("door");
    Path behind = folder.resolve("behind");
    // What a process that was killed has left.
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(door))
        .close();
    try (ServerSocketChannel service =
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            .bind(UnixDomainSocketAddress.of(behind))) {
      serverEnd =
          server.start(
              "tunnel", "--listen-secret", "0", "--forward", "unix:" + behind, "--allow-anyone");
      clientEnd =
          client.start("tunnel", "--listen", "unix:" + door, "--to", server.listeningAddress());
      client.listeningAddress();
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(door)));
      try (SocketChannel plain = SocketChannel.open(UnixDomainSocketAddress.of(door));
          SocketChannel accepted = service.accept()) {
        plain.write(ByteBuffer.wrap("through".getBytes(UTF_8)));
        plain.shutdownOutput();
        assertEquals(
            "through", new String(Channels.newInputStream(accepted).readAllBytes(), UTF_8));
      }
      client.interrupt();
      clientEnd.get();
      clientEnd = null;
      assertFalse(Files.exists(door), "the socket file is left");
    }
  }

  @Test
  void removesNoFileThatIsNotASocket() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "precious");
    Outcome outcome =
        new TestShell()
            .run(
                "tunnel",
                "--listen",
                "unix:" + file,
                "--to",
                "net:127.0.0.1:1~shs:" + publicKey(key("server")));
    assertEquals(ExitCodes.NO_CONNECTION, outcome.exitCode());
    assertTrue(outcome.err().contains("not a socket"), outcome::err);
    assertEquals("precious", Files.readString(file));
  }

  @Test
  void readsItsOptionsFromAFile() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("config"),
            "# a tunnel\nlisten-secret = 0\nforward = 127.0.0.1:%d\nallow-anyone = true\n"
                .formatted(target.getLocalPort()));
    serverEnd = server.start("tunnel", "--config", config.toString());
    startClient(server.listeningAddress());
    assertArrives();
  }

  @Test
  void refusesAFileWithAnOptionThatIsNone() throws Exception {
    Path config = Files.writeString(folder.resolve("config"), "alow-file = clients\n");
    Outcome outcome = new TestShell().run("tunnel", "--config=" + config, "--listen-secret", "0");
    assertEquals(ExitCodes.USAGE, outcome.exitCode());
    assertTrue(outcome.err().contains("'alow-file', which is no option"), outcome::err);
  }

  @Test
  void wantsToKnowWhoIsLetIn() {
    Outcome outcome =
        new TestShell().run("tunnel", "--listen-secret", "0", "--forward", "127.0.0.1:1");
    assertEquals(ExitCodes.USAGE, outcome.exitCode());
    assertTrue(outcome.err().contains("Say who is let in"), outcome::err);
  }

  @Test
  void wantsOneEndAndNotHalfOfEach() {
    Outcome outcome =
        new TestShell().run("tunnel", "--listen", ANY_PORT, "--forward", "127.0.0.1:1");
    assertEquals(ExitCodes.USAGE, outcome.exitCode());
    assertTrue(outcome.err().contains("A tunnel has two ends"), outcome::err);
  }

  @Test
  void tellsTheCountersAtTheEnd() throws Exception {
    startBoth();
    assertArrives();
    server.awaitErrors("listening");
    client.interrupt();
    String err = clientEnd.get().err();
    clientEnd = null;
    assertTrue(err.contains("0 open, 1 opened, 0 cut, 0 not opened; 1 bytes sent"), err);
  }

  private void startBoth(String... clientOptions) throws Exception {
    startServer(ANY_PORT, "--allow-anyone");
    startClient(server.listeningAddress(), clientOptions);
  }

  private void startServer(String address, String... options) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "tunnel",
                "--listen-secret",
                address,
                "--forward",
                "127.0.0.1:" + target.getLocalPort()));
    line.addAll(List.of(options));
    serverEnd = server.start(line.toArray(String[]::new));
  }

  private void startClient(String address, String... options) {
    List<String> line = new ArrayList<>(List.of("tunnel", "--listen", ANY_PORT, "--to", address));
    line.addAll(List.of(options));
    clientEnd = client.start(line.toArray(String[]::new));
  }

  private Socket connect() throws Exception {
    PlainEndpoint door = PlainEndpoint.parse(client.listeningAddress());
    return new Socket(door.host(), door.port());
  }

  /** A byte goes through, and both ends are ended in order. */
  private void assertArrives() throws Exception {
    try (Socket plain = connect()) {
      plain.getOutputStream().write(42);
      try (Socket accepted = target.accept()) {
        assertEquals(42, accepted.getInputStream().read());
        plain.shutdownOutput();
        assertEquals(-1, accepted.getInputStream().read());
        accepted.shutdownOutput();
        assertEquals(-1, plain.getInputStream().read());
      }
    }
  }

  private static void talk(Socket plain, Socket accepted) throws IOException {
    plain.getOutputStream().write(1);
    assertEquals(1, accepted.getInputStream().read());
    accepted.getOutputStream().write(2);
    assertEquals(2, plain.getInputStream().read());
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static void assertReset(Socket socket) {
    assertEquals(
        "Connection reset",
        assertThrows(IOException.class, () -> socket.getInputStream().read()).getMessage());
  }

  private static void awaitRefusal(InetSocketAddress door) throws InterruptedException {
    while (true) {
      try (Socket late = new Socket(door.getAddress(), door.getPort())) {
        // It may have been taken, and must not be waited for.
        reset(late);
        Thread.sleep(10);
      } catch (IOException e) {
        return;
      }
    }
  }

  private static byte[] digest(InputStream in) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
    return digest.digest();
  }

  private Path key(String name) {
    Path file = folder.resolve(name);
    new TestShell().run("keygen", "--out", file.toString());
    return file;
  }

  /** As in an address, without the sign before it and the suffix behind it. */
  private static String publicKey(Path key) throws IOException {
    String text = Files.readString(key);
    int at = text.indexOf("\"public\"");
    int begin = text.indexOf('"', text.indexOf(':', at)) + 1;
    return text.substring(begin, text.indexOf(".ed25519", begin));
  }

  /** In another file, as editors do it, so that it differs whatever the clock says. */
  private void replace(Path file, String text) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), text);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
