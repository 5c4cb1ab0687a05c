package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard streams that are closed or full, without the start script. */
@Timeout(60)
class StandardStreamsTest {
  private static final String UNKNOWN =
      "net:127.0.0.1:1~shs:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "connect ADDRESS    | <&-          | Standard input is closed.",
        "connect ADDRESS    | >&-          | Standard output is closed.",
        "connect ADDRESS    | <&- >&-      | Standard input is closed.",
        "listen -p 0        | <&-          | Standard input is closed.",
        "listen -p 0        | >&-          | Standard output is closed.",
        "listen -p 0 --keep-open | >&-     | Standard output is closed.",
        "keygen             | >&-          | Standard output is closed.",
        "providers          | >&-          | Standard output is closed.",
        "demo               | >&-          | Standard output is closed.",
        "bench              | >&-          | Standard output is closed.",
        "--help             | >&-          | Standard output is closed.",
        "version            | >&-          | Standard output is closed."
      })
  void refusesToRunWithoutAStreamThatItNeeds(String command, String redirections, String sentence)
      throws Exception {
    Outcome outcome = run(command.replace("ADDRESS", UNKNOWN) + " " + redirections);

    assertEquals(ExitCodes.USAGE, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().startsWith("shs: " + sentence), outcome.err());
  }

  @Test
  void writesNoKeyFileWhosePublicKeyNobodySees() throws Exception {
    run("keygen >&-");

    assertTrue(Files.notExists(folder.resolve("secret")));
  }

  @Test
  void failsAlsoWhereItCannotSayWhy() throws Exception {
    Outcome outcome = run("connect " + UNKNOWN + " <&- >&- 2>&-");

    assertEquals(new Outcome(ExitCodes.USAGE, "", ""), outcome);
  }

  @Test
  void doesWithoutAStreamThatItDoesNotUse() throws Exception {
    try (ShsProcess server =
        ShsProcess.bash(folder, "exec shs listen --echo -p 0 --host localhost <&- >&-")) {
      Outcome client = new TestShell().in("hello").run("connect", server.awaitListeningAddress());

      assertEquals(new Outcome(ExitCodes.OK, "hello", ""), client);
    }
    assertEquals(ExitCodes.OK, run("version <&- 2>&-").exitCode());
  }

  /** It is open because the user wants it to be, not only because the JVM reads its classes. */
  @Test
  void sendsAJarOfItsOwnThatIsRedirectedToIt() throws Exception {
    String jar =
        Arrays.stream(System.getProperty("java.class.path").split(":"))
            .filter(name -> name.contains("picocli"))
            .findFirst()
            .orElseThrow();
    TestShell server = new TestShell();
    server.start("listen", "--echo", "--port", "0");

    Outcome outcome = run("connect %s < '%s' > copy".formatted(server.listeningAddress(), jar));
    server.interrupt();

    assertEquals(ExitCodes.OK, outcome.exitCode(), outcome.err());
    assertEquals(-1, Files.mismatch(Path.of(jar), folder.resolve("copy")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"providers", "demo --megabytes 1", "--help", "help", "--version"})
  void failsWhenTheDeviceOfItsOutputIsFull(String command) throws Exception {
    Outcome outcome = run(command + " > /dev/full");

    assertEquals(ExitCodes.STREAM_CUT, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains("shs: Standard output failed ("), outcome.err());
  }

  @Test
  void failsWhenTheDeviceIsFullThatTakesWhatThePeerSends() throws Exception {
    TestShell server = new TestShell().in("from the server");
    server.start("listen", "--port", "0");

    Outcome outcome = run("connect " + server.listeningAddress() + " < /dev/null > /dev/full");

    assertEquals(ExitCodes.STREAM_CUT, outcome.exitCode());
    assertTrue(outcome.err().contains("so the channel was cut"), outcome.err());
  }

  private Outcome run(String arguments) throws Exception {
    try (ShsProcess process = ShsProcess.bash(folder, "shs " + arguments)) {
      return process.end();
    }
  }
}
