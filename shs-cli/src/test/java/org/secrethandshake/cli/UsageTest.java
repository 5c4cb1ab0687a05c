package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a command line is one sentence and exit code 2. */
class UsageTest {
  private static final String ADDRESS =
      "net:127.0.0.1:1~shs:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
  private static final String SEED = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "listen                                      | Missing required option: '--port=N'",
        "listen --port x                             | 'x' is not a whole number.",
        "listen --port 65536                         | The port must be 1 to 65535, or 0",
        "listen --port -1                            | The port must be 1 to 65535, or 0",
        "listen --port 0 --allow nobody              | a public key is written @BASE64.ed25519",
        "listen --port 0 --network abc               | --network cannot be used: a network key is",
        "listen --port 0 --network @/no/such         | The file /no/such does not exist.",
        "listen --port 0 --key /no/such              | The key file /no/such does not exist.",
        "listen --port 0 --crypto none               | No crypto backend named 'none' is installed.",
        "connect                                     | Missing required parameter: 'ADDRESS'",
        "connect net:host:0~shs:x                    | the port must be 1 to 65535",
        "connect nonsense                            | The multiserver address",
        "connect --key a --anonymous x               | are mutually exclusive",
        "listen --port 0 --echo --keep-open          | are mutually exclusive",
        "listen --prot 0                             | There is no option --prot. Did you mean --port?",
        "listen --port 0 --timeout 0                 | '0' is not a positive number of seconds",
        "listen --port 0 --timeout soon              | 'soon' is not a positive number of seconds",
        "listen --port 0 --allow-file /no/such       | The file /no/such does not exist.",
        "listen --port 0 --allow-file /dev/zero      | is longer than",
        "listen --port 0 --allow-file /dev/null      | holds no public key, so nobody would be let in",
        "help dance                                  | There is no command 'dance'.",
        "conect                                      | Did you mean connect?",
        "connect @11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=.ed25519 | is a public key, which says",
        "demo --megabytes 0                          | --megabytes must be 1 to",
        "demo --crypto none                          | No crypto backend named 'none' is installed.",
        "providers --crypto none                     | No crypto backend named 'none' is installed.",
        "dance                                       | There is no command 'dance'."
      })
  void isOneSentence(String arguments, String expected) {
    Outcome outcome = new TestShell().run(arguments.split(" "));

    assertEquals(ExitCodes.USAGE, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains(expected), outcome.err());
    assertFalse(outcome.err().contains("\tat "), outcome.err());
  }

  @Test
  void namesADamagedKeyFileAndTheProblem() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), "{}");

    Outcome outcome = new TestShell().run("connect", ADDRESS, "--key", file.toString());

    assertEquals(ExitCodes.USAGE, outcome.exitCode());
    assertTrue(outcome.err().startsWith("shs: The key file " + file + " cannot be used:"));
  }

  @Test
  void refusesAServerKeyThatIsNone() {
    String zeros = "A".repeat(43) + "=";

    Outcome outcome = new TestShell().run("connect", "net:127.0.0.1:1~shs:" + zeros);

    assertEquals(ExitCodes.USAGE, outcome.exitCode());
    assertTrue(outcome.err().contains("not a valid Ed25519 key"), outcome.err());
  }

  @Test
  void takesTwoIdentitiesForNone() {
    Outcome seedAndFlag = new TestShell().run("connect", ADDRESS + ":" + SEED, "--anonymous");
    Outcome seedAndFile =
        new TestShell()
            .variable("SHS_SEED", SEED)
            .variable("SHS_KEY_FILE", "x")
            .run("connect", ADDRESS);

    assertEquals(ExitCodes.USAGE, seedAndFlag.exitCode());
    assertTrue(seedAndFlag.err().contains("The address holds a seed"), seedAndFlag.err());
    assertEquals(ExitCodes.USAGE, seedAndFile.exitCode());
    assertTrue(seedAndFile.err().contains("are both set"), seedAndFile.err());
  }

  @Test
  void showsNoSecretOfAMalformedSeed() {
    Outcome outcome = new TestShell().variable("SHS_SEED", "top-secret!").run("connect", ADDRESS);

    assertEquals(ExitCodes.USAGE, outcome.exitCode());
    assertFalse(outcome.err().contains("top-secret"), outcome.err());
  }

  @Test
  void showsTheStackTraceWhenAsked() {
    Outcome outcome = new TestShell().variable("SHS_DEBUG", "1").run("connect", "nonsense");

    assertTrue(outcome.err().contains("\tat "), outcome.err());
  }
}
