package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples in the help work as they stand: a shell runs them, with real processes. */
class HelpTest {
  private static final long PATIENCE_SECONDS = 60;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''        | Done with bouncycastle",
        "keygen    | .ed25519",
        "listen    | .ed25519",
        "connect   | hello",
        "providers | self-test  passed",
        "demo      | Done with bouncycastle",
        "help      | --anonymous",
        "version   | shs"
      })
  void showsAnExampleThatWorks(String command, String expected) throws Exception {
    Outcome outcome = bash(example(command));

    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertTrue(outcome.out().contains(expected), outcome.toString());
  }

  @Test
  void goesToStandardOutput() {
    Outcome outcome = new TestShell().run("listen", "--help");

    assertEquals(ExitCodes.OK, outcome.exitCode());
    assertEquals("", outcome.err());
    assertTrue(outcome.out().contains("--allow=PUBLICKEY"), outcome.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "version", "-V"})
  void tellsTheVersion(String argument) {
    assertTrue(new TestShell().run(argument).out().startsWith("shs "));
  }

  @Test
  void listsTheCommandsWhenNoneIsGiven() {
    Outcome outcome = new TestShell().run();

    assertEquals(ExitCodes.USAGE, outcome.exitCode());
    assertEquals("", outcome.out());
    assertEquals(new TestShell().run("--help").out(), outcome.err());
  }

  @Test
  void isShownByACommandOfItsOwn() {
    assertEquals(new TestShell().run("--help"), new TestShell().run("help"));
    assertEquals(new TestShell().run("connect", "--help"), new TestShell().run("help", "connect"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "keygen",
        "listen",
        "connect",
        "providers",
        "demo",
        "bench",
        "help",
        "version"
      })
  void fitsATerminal(String command) {
    List<String> lines =
        new TestShell().run((command + " --help").strip().split(" ")).out().lines().toList();

    assertTrue(lines.stream().allMatch(line -> line.length() <= 80), String.join("\n", lines));
  }

  @Test
  void wrapsMessagesOnATerminalBetweenWords() {
    String file = "/no/such/folder/" + "a".repeat(90);
    String[] arguments = {"listen", "--port", "x", "--key", file};
    String plain = new TestShell().run(arguments).err();
    String wrapped = new TestShell().terminals(Shell.Stream.ERR).run(arguments).err();

    assertEquals(1, plain.lines().count());
    assertTrue(wrapped.lines().allMatch(line -> line.length() < 80), wrapped);
    assertEquals(plain.strip(), wrapped.strip().replaceAll("\\s+", " "));
    String withFile = new TestShell().terminals(Shell.Stream.ERR).run("connect", "@" + file).err();
    assertTrue(withFile.contains(file), withFile);
  }

  /** What stands under "Example", with a free port and without a bet on how long a start takes. */
  private String example(String command) throws IOException {
    String help = new TestShell().run((command + " --help").strip().split(" ")).out();
    String example =
        help.lines()
            .dropWhile(line -> !line.startsWith("Example"))
            .skip(1)
            .collect(Collectors.joining("\n"));
    try (ServerSocket free = new ServerSocket(0)) {
      return example
          .replace("8008", String.valueOf(free.getLocalPort()))
          .replace("sleep 1", "until grep -q listening address; do sleep 0.1; done");
    }
  }

  private Outcome bash(String script) throws Exception {
    Path bash = Path.of("/bin/bash");
    Assumptions.assumeTrue(Files.isExecutable(bash), "there is no bash");
    Path out = folder.resolve("stdout");
    Path err = folder.resolve("stderr");
    Process process =
        new ProcessBuilder(
                bash.toString(), "-c", "PATH=%s:$PATH; %s".formatted(command().getParent(), script))
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("it did not end: " + script + Files.readString(err));
    }
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** A file named shs that turns into the program, so that a signal to it reaches the program. */
  private Path command() throws IOException {
    Path file = Files.createDirectories(folder.resolve("bin")).resolve("shs");
    Files.writeString(file, "#!/bin/bash\nexec %s \"$@\"\n".formatted(ShsProcess.command()));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }
}
