package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Messages are for people: no class of Java, no null, and the digits of the language they are in.
 */
@Timeout(60)
class WordsTest {
  private static final String KEY = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
  private static final Pattern OF_JAVA =
      Pattern.compile(
          "\\b(java|javax|sun|picocli|org\\.secrethandshake)\\.|Exception|Error\\b|\\bnull\\b"
              + "|\\[RECEIVE|\\[SEND|\\bPT\\d|@[0-9a-f]{6,8}\\b|\\bint\\b|\\tat |Handshake\\[");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dance                                           | 2",
        "--dance                                         | 2",
        "help dance                                      | 2",
        "listen                                          | 2",
        "listen --port x                                 | 2",
        "listen --port 65536                             | 2",
        "listen --port 0 --host no.such.host.invalid     | 3",
        "listen --port 0 --host 192.0.2.1                | 3",
        "listen --port 0 --host ''                       | 2",
        "listen --port 0 --allow x                       | 2",
        "listen --port 0 --allow-file FOLDER             | 2",
        "listen --port 0 --allow-file FOLDER/none        | 2",
        "listen --port 0 --allow-file FOLDER/text        | 2",
        "listen --port 0 --key FOLDER                    | 2",
        "listen --port 0 --key FOLDER/text               | 2",
        "listen --port 0 --timeout -1                    | 2",
        "listen --port 0 --timeout 1e99                  | 2",
        "listen --port 0 --crypto none                   | 2",
        "listen --port 0 --network x                     | 2",
        "listen --port 0 --network @FOLDER               | 2",
        "listen --port 0 --network @FOLDER/none          | 2",
        "listen --port 0 --echo --keep-open              | 2",
        "connect                                         | 2",
        "connect nonsense                                | 2",
        "connect @FOLDER                                 | 2",
        "connect @FOLDER/none                            | 2",
        "connect @FOLDER/text                            | 2",
        "connect net:127.0.0.1:0~shs:KEY                 | 2",
        "connect net:127.0.0.1:CLOSED~shs:KEY            | 3",
        "connect net:no.such.host.invalid:1~shs:KEY      | 3",
        "connect net:255.255.255.255:1~shs:KEY           | 3",
        "connect net:127.0.0.1:SILENT~shs:KEY --timeout .2 | 4",
        "connect net:127.0.0.1:CUTTING~shs:KEY           | 4",
        "connect net:127.0.0.1:CHATTING~shs:KEY          | 4",
        "connect net:127.0.0.1:1~shs:KEY --key FOLDER    | 2",
        "connect net:127.0.0.1:1~shs:KEY --key FOLDER/none | 2",
        "keygen --out FOLDER/none/secret                 | 2",
        "keygen --out FOLDER                             | 2",
        "demo --megabytes none                           | 2",
        "demo --megabytes 0                              | 2",
        "demo one too many                               | 2",
        "providers --crypto none                         | 2",
        "bench --crypto none                             | 2"
      })
  void saysEveryFailureInWords(String line, int exitCode) throws Exception {
    Files.writeString(folder.resolve("text"), "some text\n");
    try (ServerSocket silent = listener();
        ServerSocket cutting = listener();
        ServerSocket chatting = listener()) {
      CompletableFuture.runAsync(() -> cutAfter(64, cutting));
      CompletableFuture.runAsync(() -> answer(new byte[64], chatting));
      String arguments =
          line.replace("FOLDER", folder.toString())
              .replace("KEY", KEY)
              .replace("CLOSED", String.valueOf(closedPort()))
              .replace("SILENT", String.valueOf(silent.getLocalPort()))
              .replace("CUTTING", String.valueOf(cutting.getLocalPort()))
              .replace("CHATTING", String.valueOf(chatting.getLocalPort()))
              .replace("''", "");

      Outcome outcome = new TestShell().run(arguments.split(" ", -1));

      assertEquals(exitCode, outcome.exitCode(), outcome.err());
      assertTrue(outcome.err().startsWith("shs: "), outcome.err());
      assertTrue(outcome.err().strip().matches("(?s).*(\\.|--help)"), outcome.err());
      assertInWords(outcome.err());
    }
  }

  @Test
  void saysInWordsThatAStreamFailed() throws Exception {
    for (IOException failure :
        List.of(
            new IOException(),
            new IOException(new SocketException("Broken pipe")),
            new AsynchronousCloseException())) {
      Outcome outcome = relayWhoseInputFailsWith(failure);

      assertEquals(ExitCodes.STREAM_CUT, outcome.exitCode());
      assertTrue(outcome.err().contains("Standard input failed ("), outcome.err());
      assertInWords(outcome.err());
    }
  }

  @Test
  void keepsTheRestOfAMessageThatNamesAClass() {
    assertEquals(
        "it failed: Connection refused",
        Words.of(new IOException("it failed: java.net.ConnectException: Connection refused")));
    assertEquals("no reason was given", Words.of(new IOException(new IOException())));
    assertEquals("in /tmp/my.Error", Words.of(new IOException("in /tmp/my.Error")));
    String dots = "a.".repeat(100_000);
    assertEquals(dots, Words.of(new IOException(dots)));
  }

  @Test
  void countsInTheDigitsOfEnglish() throws Exception {
    List<String> arabic = List.of("-Duser.language=ar", "-Duser.country=EG");
    try (ShsProcess demo =
            ShsProcess.java(
                folder, arabic, "demo", "--megabytes", "1", "--crypto", "bouncycastle");
        ShsProcess refused = ShsProcess.java(folder, arabic, "listen", "-p", "65536")) {
      String text = demo.end().out() + refused.end().err();

      assertTrue(text.contains("1 of 1 MiB"), text);
      assertTrue(text.contains("1 to 65535"), text);
      assertTrue(text.chars().allMatch(c -> c < 128), text);
    }
  }

  private static Outcome relayWhoseInputFailsWith(IOException failure) throws Exception {
    TestShell server = new TestShell();
    server.start("listen", "--echo", "--port", "0");
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw failure;
          }
        };
    Outcome outcome = new TestShell().in(failing).run("connect", server.listeningAddress());
    server.interrupt();
    return outcome;
  }

  private static void assertInWords(String text) {
    assertNotEquals("", text);
    assertFalse(OF_JAVA.matcher(text).find(), text);
  }

  private static ServerSocket listener() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = listener()) {
      return socket.getLocalPort();
    }
  }

  /** Resets the first connection in mid-handshake. */
  private static void cutAfter(int bytes, ServerSocket listener) {
    try (Socket socket = listener.accept()) {
      socket.getInputStream().readNBytes(bytes);
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Nobody came.
    }
  }

  /** Speaks another protocol. */
  private static void answer(byte[] bytes, ServerSocket listener) {
    try (Socket socket = listener.accept()) {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // Nobody came.
    }
  }
}
