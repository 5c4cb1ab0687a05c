package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be an identity ends the command in one sentence. The timeout is for a pipe. */
@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
class IdentitiesTest {
  private static final String ADDRESS =
      "net:127.0.0.1:1~shs:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

  @TempDir private Path folder;

  @Test
  void refusesADirectoryWithoutAdviceToChangeItsMode() {
    assertRefused(folder, "a directory");
  }

  @Test
  void refusesAPipeWithoutWaitingForItsOtherEnd() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertRefused(pipe, "a pipe (FIFO)");
  }

  @Test
  void refusesADevice() {
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device), "skipped: there is no /dev/zero");
    assertRefused(device, "a device");
  }

  @Test
  void refusesAVariableWithANameThatNoFileCanHave() {
    Outcome outcome = new TestShell().variable("SHS_KEY_FILE", "a\0b").run("connect", ADDRESS);

    assertTrue(outcome.err().contains("SHS_KEY_FILE: no file can have the name"), outcome.err());
    assertEquals(ExitCodes.USAGE, outcome.exitCode());
  }

  @Test
  void writesNumbersForPeopleOfEveryCountryInTheSameDigits() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      Outcome outcome = new TestShell().variable("SHS_SEED", "x").run("connect", ADDRESS);
      assertTrue(outcome.err().contains("a seed is 32 bytes, written as 64 hex"), outcome.err());
    } finally {
      Locale.setDefault(before);
    }
  }

  private static void assertRefused(Path file, String kind) {
    String sentence =
        "shs: The key file "
            + file
            + " cannot be used: it is "
            + kind
            + ", and a key file must be a regular file."
            + System.lineSeparator();
    Outcome option = new TestShell().run("connect", ADDRESS, "--key", file.toString());
    Outcome variable =
        new TestShell().variable("SHS_KEY_FILE", file.toString()).run("connect", ADDRESS);

    assertEquals(sentence, option.err());
    assertEquals(ExitCodes.USAGE, option.exitCode());
    assertEquals(sentence, variable.err());
    assertEquals(ExitCodes.USAGE, variable.exitCode());
  }
}
