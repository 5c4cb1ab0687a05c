package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
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
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.identity.MultiserverAddress;
import org.secrethandshake.spi.CryptoProvider;

class ConnectTest {
  private static final String HEX_KEY =
      "abababababababababababababababababababababababababababababababab";
  private static final String BASE64_KEY = "q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=";
  private static final String UNKNOWN_KEY = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

  @TempDir private Path folder;

  @Test
  void carriesBothDirectionsToTheirEnds() throws Exception {
    TestShell server = new TestShell().in("from the server");
    CompletableFuture<Outcome> listening = server.start("listen", "--port", "0");

    Outcome client =
        new TestShell().in("from the client").run("connect", server.listeningAddress());

    assertEquals(new Outcome(ExitCodes.OK, "from the server", ""), client);
    assertEquals("from the client", listening.get().out());
    assertEquals(ExitCodes.OK, listening.get().exitCode());
  }

  @Test
  void sendsAFileWholeToAServerThatHasSaidGoodbye() throws Exception {
    String file = "0123456789abcdef".repeat(1 << 18);
    TestShell server = new TestShell();
    CompletableFuture<Outcome> listening = server.start("listen", "--port", "0");

    Outcome client = new TestShell().in(file).run("connect", server.listeningAddress());

    assertEquals(ExitCodes.OK, client.exitCode(), client.err());
    assertEquals(file, listening.get().out());
  }

  @Test
  void endsAfterThePeersGoodbyeWhileATerminalIsStillOpen() throws Exception {
    TestShell server = new TestShell().in("bye");
    CompletableFuture<Outcome> listening = server.start("listen", "--port", "0");

    Outcome client =
        new TestShell()
            .in(new NeverEnding())
            .terminals(Shell.Stream.IN)
            .start("connect", server.listeningAddress())
            .get();

    assertEquals(new Outcome(ExitCodes.OK, "bye", ""), client);
    assertEquals(ExitCodes.OK, listening.get().exitCode());
  }

  @Test
  void endsWhenThePeerHasSaidGoodbyeAndGoneWhileAPipeIsStillOpen() throws Exception {
    CryptoProvider crypto = CryptoProviders.named("bouncycastle");
    try (IdentityKeyPair own = IdentityKeyPair.generate(crypto);
        SecretHandshake shs =
            SecretHandshake.builder()
                .crypto(crypto)
                .network(NetworkKey.SCUTTLEBUTT)
                .identity(own)
                .build();
        ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = listener.socket().getLocalPort();
      PipedOutputStream typed = new PipedOutputStream();
      CompletableFuture<Outcome> client =
          new TestShell()
              .in(new PipedInputStream(typed))
              .start("connect", MultiserverAddress.of("127.0.0.1", port, own.publicKey()).format());

      try (SocketChannel socket = listener.accept()) {
        SecretChannel channel = shs.accept(socket, Authorizer.anyone());
        channel.shutdownOutput();
        // The peer has said goodbye and still reads: what arrives is sent.
        for (String late : List.of("late", "later")) {
          typed.write(late.getBytes(StandardCharsets.UTF_8));
          typed.flush();
          byte[] sent = channel.inputStream().readNBytes(late.length());
          assertEquals(late, new String(sent, StandardCharsets.UTF_8));
        }
      }

      assertEquals(new Outcome(ExitCodes.OK, "", ""), client.get());
    }
  }

  @Test
  void saysWhoThePeerIsIfSomebodyWatches() throws Exception {
    TestShell server = new TestShell();
    server.start("listen", "--echo", "--port", "0");
    String address = server.listeningAddress();
    String key = MultiserverAddress.parse(address).alternatives().get(0).serverKey().toString();

    Outcome watched = new TestShell().terminals(Shell.Stream.ERR).run("connect", address);
    Outcome logged = new TestShell().run("connect", address);
    server.interrupt();

    assertEquals("shs: connected to " + key + "\n", watched.err());
    assertEquals("", logged.err());
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    Outcome outcome =
        new TestShell().run("connect", "net:127.0.0.1:" + port + "~shs:" + UNKNOWN_KEY);

    assertEquals(ExitCodes.NO_CONNECTION, outcome.exitCode());
    assertTrue(
        outcome.err().startsWith("shs: Could not connect to port " + port + " of 127.0.0.1:"),
        outcome.err());
  }

  @Test
  void saysThatAServerIsNotTheOneDialledOrRefusedUs() throws Exception {
    TestShell server = new TestShell();
    server.start("listen", "--echo", "--port", "0", "--allow", UNKNOWN_KEY);

    Outcome outcome = new TestShell().run("connect", server.listeningAddress());

    assertEquals(ExitCodes.HANDSHAKE_FAILED, outcome.exitCode());
    assertTrue(outcome.err().contains("or it refused us; a client cannot tell which."));
    server.awaitErrors("Our authorizer refused the client");
    server.interrupt();
  }

  @Test
  void failsTheHandshakeOfAnotherNetwork() throws Exception {
    TestShell server = new TestShell().variable("SHS_NETWORK", HEX_KEY);
    server.start("listen", "--echo", "--port", "0");

    Outcome outcome = new TestShell().run("connect", server.listeningAddress());
    server.interrupt();

    assertEquals(ExitCodes.HANDSHAKE_FAILED, outcome.exitCode());
    assertTrue(outcome.err().contains("belongs to another network"), outcome.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {HEX_KEY, BASE64_KEY, "@"})
  void takesEveryFormOfANetworkKey(String given) throws Exception {
    Path file = Files.writeString(folder.resolve("network"), BASE64_KEY + "\n");
    boolean inFile = given.equals("@");
    TestShell server = new TestShell().variable("SHS_NETWORK", "@" + file);
    server.start("listen", "--echo", "--port", "0");

    Outcome outcome =
        new TestShell()
            .in("hello")
            .run("connect", server.listeningAddress(), "--network", inFile ? "@" + file : given);
    server.interrupt();

    assertEquals(ExitCodes.OK, outcome.exitCode(), outcome.err());
    assertEquals("hello", outcome.out());
    assertEquals(!inFile, outcome.err().contains("shs: warning: other users can see the network"));
  }

  @Test
  void takesTheIdentityOfASeedOrAKeyFile() throws Exception {
    String seed = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
    Path file = folder.resolve("alice");
    String key = new TestShell().run("keygen", "--out", file.toString()).out().strip();
    TestShell server = new TestShell();
    server.start("listen", "--echo", "--port", "0", "--allow", UNKNOWN_KEY, "--allow", key);
    String address = server.listeningAddress();

    Outcome inAddress = new TestShell().run("connect", address + ":" + seed);
    Outcome inVariable = new TestShell().variable("SHS_SEED", seed).run("connect", address);
    Outcome inFile = new TestShell().run("connect", address, "--key", file.toString());
    Outcome anonymous =
        new TestShell().variable("SHS_SEED", seed).run("connect", address, "--anonymous");
    server.interrupt();

    assertEquals(ExitCodes.OK, inAddress.exitCode(), inAddress.err());
    assertTrue(inAddress.err().startsWith("shs: warning: other users can see the seed"));
    assertEquals(new Outcome(ExitCodes.OK, "", ""), inVariable);
    assertEquals(new Outcome(ExitCodes.OK, "", ""), inFile);
    assertEquals(ExitCodes.HANDSHAKE_FAILED, anonymous.exitCode());
  }

  @Test
  void endsWithoutAStackTraceWhenNobodyReadsItsOutput() throws Exception {
    TestShell server = new TestShell().in("more than a line");
    server.start("listen", "--port", "0");

    Outcome client = new TestShell().out(new Closed()).run("connect", server.listeningAddress());

    assertEquals(ExitCodes.STREAM_CUT, client.exitCode());
    assertEquals(
        "shs: Standard output failed (Broken pipe), so the channel was cut.\n", client.err());
    assertFalse(client.err().contains("\tat "), client.err());
  }

  /** A terminal at which nobody types. */
  private static final class NeverEnding extends InputStream {
    @Override
    public synchronized int read() throws IOException {
      try {
        while (true) {
          wait();
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  /** A pipe whose reader is gone. */
  private static final class Closed extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("Broken pipe");
    }
  }
}
