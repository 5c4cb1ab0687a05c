package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.identity.NetAddress;

class ListenTest {
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
          outcome.err().startsWith("shs: Could not listen at port " + port + " of 127.0.0.1: "),
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
    assertTrue(listening.get().err().contains("shs: no channel with /127.0.0.1:"));
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
}
