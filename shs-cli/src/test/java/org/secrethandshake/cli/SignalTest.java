package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.channel.Authorizer;
import org.secrethandshake.channel.SecretChannel;
import org.secrethandshake.channel.SecretHandshake;
import org.secrethandshake.identity.MultiserverAddress;

/** A signal in the middle of something: the peer sees a cut, and never a part with a goodbye. */
@Timeout(60)
class SignalTest {
  private static final int PART_BYTES = 3_000_000;

  @TempDir private Path folder;

  private IdentityKeyPair own;
  private SecretHandshake shs;

  @BeforeEach
  void build() {
    own = IdentityKeyPair.generate(CryptoProviders.named("bouncycastle"));
    shs =
        SecretHandshake.builder()
            .crypto(CryptoProviders.named("bouncycastle"))
            .network(NetworkKey.SCUTTLEBUTT)
            .identity(own)
            .build();
  }

  @AfterEach
  void close() {
    shs.close();
    own.close();
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void cutsAnEcho(String signal, int exitCode) throws Exception {
    try (ShsProcess server = listen("--echo")) {
      MultiserverAddress address = MultiserverAddress.parse(server.awaitListeningAddress());
      try (SecretChannel idle = shs.connect(address);
          SecretChannel busy = shs.connect(address)) {
        Thread writer = writeForEver(busy);
        readPart(busy.inputStream());
        server.signal(signal);

        assertCut(busy);
        assertCut(idle);
        writer.join();
      }
      assertEndedBy(exitCode, server.end());
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void cutsWhatListenSends(String signal, int exitCode) throws Exception {
    try (ShsProcess server = ShsProcess.bash(folder, "exec shs listen --port 0 < /dev/zero")) {
      MultiserverAddress address = MultiserverAddress.parse(server.awaitListeningAddress());
      try (SecretChannel channel = shs.connect(address)) {
        readPart(channel.inputStream());
        server.signal(signal);

        assertCut(channel);
      }
      assertEndedBy(exitCode, server.end());
    }
  }

  /** Ctrl-C ends the program that writes into the pipe, too: its end is not the end of the data. */
  @Test
  void cutsWhatConnectSendsWhenCtrlCEndsThePipeline() throws Exception {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int port = listener.socket().getLocalPort();
      String address = MultiserverAddress.of("127.0.0.1", port, own.publicKey()).format();
      String pipeline =
          "(head -c %d /dev/zero; exec sleep 60) | { echo $BASHPID > group; exec shs connect '%s'; }"
              .formatted(PART_BYTES, address);
      // With job control, the pipeline has a process group of its own.
      try (ShsProcess client = ShsProcess.bash(folder, "set -m; %s; exit $?".formatted(pipeline))) {
        try (SecretChannel channel = shs.accept(listener.accept(), Authorizer.anyone())) {
          readPart(channel.inputStream());
          ShsProcess.signal("INT", "-" + group(Files.readString(folder.resolve("group")).strip()));

          assertCut(channel);
        }
        assertEndedBy(130, client.end());
      }
    }
  }

  @Test
  void endsAListenerThatServesNobodyWithoutAWord() throws Exception {
    try (ShsProcess server = listen("--echo")) {
      String address = server.awaitListeningAddress();
      server.signal("TERM");

      assertEquals(new Outcome(143, "", "listening " + address + "\n"), server.end());
    }
  }

  private ShsProcess listen(String option) throws IOException {
    return ShsProcess.bash(folder, "exec shs listen --port 0 " + option);
  }

  private static String group(String process) throws Exception {
    Process ps = new ProcessBuilder("ps", "-o", "pgid=", "-p", process).start();
    return new String(ps.getInputStream().readAllBytes()).strip();
  }

  private static void readPart(InputStream in) throws IOException {
    in.skipNBytes(PART_BYTES);
  }

  private static Thread writeForEver(SecretChannel channel) {
    Thread writer =
        new Thread(
            () -> {
              try {
                while (true) {
                  channel.write(ByteBuffer.allocate(1 << 16));
                }
              } catch (IOException e) {
                // The cut that the test waits for.
              }
            });
    writer.start();
    return writer;
  }

  private static void assertCut(SecretChannel channel) {
    assertThrows(
        BoxStreamException.class,
        () -> channel.inputStream().transferTo(OutputStream.nullOutputStream()));
  }

  private static void assertEndedBy(int exitCode, Outcome outcome) {
    assertEquals(exitCode, outcome.exitCode(), outcome.err());
    String sentence = "shs: interrupted by a signal; the channels in use were cut.\n";
    assertTrue(outcome.err().endsWith(sentence), outcome.err());
    assertFalse(outcome.err().contains("null"), outcome.err());
    assertFalse(outcome.err().contains("\tat "), outcome.err());
  }
}
