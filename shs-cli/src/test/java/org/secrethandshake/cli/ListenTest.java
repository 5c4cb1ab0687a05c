package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.identity.NetAddress;

class ListenTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "0.0.0.0", "::", "[::]"})
  void tellsAnAddressThatCanBeDialled(String host) throws Exception {
    TestShell server = new TestShell();
    server.start("listen", "--echo", "--port", "0", "--host", host);

    Outcome client = new TestShell().in("hello").run("connect", server.listeningAddress());
    server.interrupt();

    assertEquals(new Outcome(ExitCodes.OK, "hello", ""), client);
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = String.valueOf(taken.getLocalPort());

      Outcome outcome = new TestShell().run("listen", "--port", port);

      assertEquals(ExitCodes.NO_CONNECTION, outcome.exitCode());
      assertTrue(
          outcome.err().startsWith("shs: Could not listen on port " + port + " of 127.0.0.1: "),
          outcome.err());
    }
  }

  @Test
  void goesOnListeningAfterAFailedHandshake() throws Exception {
    TestShell server = new TestShell();
    CompletableFuture<Outcome> listening = server.start("listen", "--port", "0");
    String address = server.listeningAddress();
    NetAddress way = MultiserverAddress.parse(address).alternatives().get(0);

    try (SocketChannel stranger =
        SocketChannel.open(new InetSocketAddress(way.host(), way.port()))) {
      stranger.write(ByteBuffer.allocate(64));
      assertEquals(-1, stranger.read(ByteBuffer.allocate(1)));
    }
    Outcome client = new TestShell().in("hello").run("connect", address);

    assertEquals(ExitCodes.OK, client.exitCode());
    assertEquals("hello", listening.get().out());
    assertEquals(ExitCodes.OK, listening.get().exitCode());
    assertTrue(listening.get().err().contains("shs: no channel with 127.0.0.1:"));
  }

  @Test
  void refusesASecondClientWhileItServesTheFirst() throws Exception {
    TestShell server = new TestShell();
    CompletableFuture<Outcome> listening = server.start("listen", "--port", "0");
    String address = server.listeningAddress();
    PipedOutputStream typed = new PipedOutputStream();
    TestShell first = new TestShell().in(new PipedInputStream(typed));
    CompletableFuture<Outcome> firstEnd = first.start("connect", address);
    typed.write("one".getBytes(StandardCharsets.UTF_8));
    typed.flush();
    server.awaitOutput("one");

    Outcome second = new TestShell().in("two").run("connect", address);
    typed.close();

    assertEquals(ExitCodes.HANDSHAKE_FAILED, second.exitCode());
    assertEquals(ExitCodes.OK, firstEnd.get().exitCode());
    assertEquals("one", listening.get().out());
  }

  @Test
  void endsQuietlyWhenInterrupted() throws Exception {
    TestShell server = new TestShell();
    CompletableFuture<Outcome> listening = server.start("listen", "--echo", "--port", "0");
    String address = server.listeningAddress();

    server.interrupt();

    assertEquals(new Outcome(ExitCodes.OK, "", "listening " + address + "\n"), listening.get());
  }

  @Test
  void collectsWhatOneClientAfterTheOtherSends() throws Exception {
    TestShell server = new TestShell();
    CompletableFuture<Outcome> listening = server.start("listen", "-p", "0", "--keep-open");
    String address = server.listeningAddress();
    PipedOutputStream typed = new PipedOutputStream();
    CompletableFuture<Outcome> first =
        new TestShell().in(new PipedInputStream(typed)).start("connect", address);
    typed.write("first ".getBytes(StandardCharsets.UTF_8));
    typed.flush();
    server.awaitOutput("first ");

    CompletableFuture<Outcome> second = new TestShell().in("second ").start("connect", address);
    typed.write("still first ".getBytes(StandardCharsets.UTF_8));
    typed.close();

    assertEquals(new Outcome(ExitCodes.OK, "", ""), first.get());
    assertEquals(new Outcome(ExitCodes.OK, "", ""), second.get());
    server.interrupt();
    assertEquals("first still first second ", listening.get().out());
    assertEquals(ExitCodes.OK, listening.get().exitCode());
  }

  @Test
  void cutsASilentClientAndNotOneThatWaitsForItsTurn() throws Exception {
    TestShell server = new TestShell();
    CompletableFuture<Outcome> listening =
        server.start("listen", "-p", "0", "--keep-open", "--idle-timeout", "1");
    String address = server.listeningAddress();
    PipedOutputStream silent = new PipedOutputStream();
    PipedOutputStream typed = new PipedOutputStream();
    CompletableFuture<Outcome> first =
        new TestShell().in(new PipedInputStream(silent)).start("connect", address);
    silent.write("first ".getBytes(StandardCharsets.UTF_8));
    silent.flush();
    server.awaitOutput("first ");
    TestShell waiting = new TestShell().in(new PipedInputStream(typed)).terminals(Shell.Stream.ERR);
    CompletableFuture<Outcome> second = waiting.start("connect", address);
    waiting.awaitErrors("connected to");
    for (int tenth = 0; tenth < 15; tenth++) {
      silent.write('.');
      silent.flush();
      Thread.sleep(100);
    }

    assertEquals(ExitCodes.STREAM_CUT, first.get().exitCode());
    typed.write("second".getBytes(StandardCharsets.UTF_8));
    typed.close();

    assertEquals(ExitCodes.OK, second.get().exitCode(), second.get().err());
    server.interrupt();
    assertEquals("first ...............second", listening.get().out());
    assertTrue(
        listening.get().err().contains("is not the whole: Nothing was received or sent within"),
        listening.get().err());
  }

  @Test
  void endsACollectionWhoseOutputIsLost() throws Exception {
    TestShell server = new TestShell().out(new FullDevice());
    CompletableFuture<Outcome> listening = server.start("listen", "-p", "0", "--keep-open");

    Outcome client = new TestShell().in("lost").run("connect", server.listeningAddress());

    assertEquals(ExitCodes.STREAM_CUT, listening.get().exitCode());
    assertTrue(listening.get().err().contains("Standard output failed (No space left"));
    assertEquals(ExitCodes.STREAM_CUT, client.exitCode(), client.err());
  }

  @Test
  void letsInWhoIsInTheFileOfAllowedClients() throws Exception {
    String alice = keygen("alice");
    String bob = keygen("bob");
    String carol = keygen("carol");
    keygen("dave");
    Path file =
        Files.writeString(
            folder.resolve("allowed"), "# friends\n\n" + alice + " # Alice\r\n  " + bob + "\n");
    TestShell server = new TestShell();
    server.start("listen", "-p", "0", "--echo", "--allow-file", file.toString(), "--allow", carol);
    String address = server.listeningAddress();

    for (String friend : List.of("alice", "bob", "carol")) {
      assertEquals(ExitCodes.OK, connect(address, friend).exitCode(), friend);
    }
    assertEquals(ExitCodes.HANDSHAKE_FAILED, connect(address, "dave").exitCode());
    server.interrupt();
  }

  @Test
  void namesTheLineThatIsNoKeyInTheFileOfAllowedClients() throws Exception {
    Path file = Files.writeString(folder.resolve("allowed"), "# friends\nAlice\n");

    Outcome outcome = new TestShell().run("listen", "-p", "0", "--allow-file", file.toString());

    assertEquals(ExitCodes.USAGE, outcome.exitCode());
    assertTrue(
        outcome.err().startsWith("shs: Line 2 of the file " + file + " is not a public key: "),
        outcome.err());
  }

  private String keygen(String name) {
    return new TestShell().run("keygen", "--out", folder.resolve(name).toString()).out().strip();
  }

  private Outcome connect(String address, String name) {
    return new TestShell().run("connect", address, "--key", folder.resolve(name).toString());
  }

  private static final class FullDevice extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("No space left on device");
    }
  }
}
