package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.fuzz.Input;
import picocli.CommandLine;

/**
 * Any arguments, which are read as far as they can be without doing anything: they are understood,
 * or one sentence says what is wrong with them, and that is never a defect of the command.
 */
class CommandLineFuzzTest {
  private static final String BETWEEN = "\n";
  private static final String KEY = "@11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=.ed25519";

  private static final Map<String, CommandLine> COMMAND_LINES = new HashMap<>();

  static Stream<byte[]> seeds() {
    return Stream.of(
            "demo --megabytes 8 --crypto tink",
            "bench --crypto=sodium",
            "providers",
            "version",
            "help connect",
            "help dance",
            "keygen --network --out file --force",
            "listen -p0 --host :: --echo --allow " + KEY + " --allow-file f --key k",
            "listen --port 0 --echo --keep-open",
            "listen --port 99999999999",
            "listen --prot 0",
            "connect net:host:1~shs:x --anonymous --timeout 0.5 --idle-timeout 1e9",
            "connect x --key a --anonymous",
            "connect x --timeout 1e-999999999",
            "connect --network @f x y",
            "connect --help",
            "connect -- --help",
            "--version",
            "conect",
            "listen --port " + "a.".repeat(20_000))
        .map(line -> line.replace(" ", BETWEEN).getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void areUnderstoodOrOneSentenceSaysWhyNot(byte[] bytes) throws Exception {
    String text = Input.text(bytes);
    String[] arguments = text.isEmpty() ? new String[0] : text.split(BETWEEN, -1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            InputStream.nullInputStream(),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            Set.of(),
            Set.of());

    int exitCode = read(shell, arguments);

    String said = err.toString(StandardCharsets.UTF_8);
    if (exitCode == ExitCodes.OK) {
      assertEquals("", said);
    } else {
      assertEquals(ExitCodes.USAGE, exitCode, said);
      assertEquals("", out.toString(StandardCharsets.UTF_8));
      assertTrue(said.startsWith("shs: "), said);
      assertTrue(said.contains(" For help: shs"), said);
      assertEquals(said.length() - 1, said.indexOf(BETWEEN), "it is one line: " + said);
    }
  }

  /** As the command does, but that of all commands only those run that print help. */
  private static int read(Shell shell, String... arguments) throws Exception {
    FailureReport failures = new FailureReport(shell);
    return commandLine(shell, arguments)
        .setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setExecutionStrategy(
            parsed ->
                parsed.asCommandLineList().stream().anyMatch(CommandLineFuzzTest::printsHelp)
                    ? new CommandLine.RunLast().execute(parsed)
                    : ExitCodes.OK)
        .execute(arguments);
  }

  private static boolean printsHelp(CommandLine command) {
    return command.isUsageHelpRequested()
        || command.isVersionHelpRequested()
        || command.getCommand() instanceof HelpCommand;
  }

  /** The command line for these arguments; there are few kinds, and to build one takes long. */
  private static CommandLine commandLine(Shell shell, String... arguments) throws Exception {
    String first = arguments.length == 0 ? "" : arguments[0];
    CommandLine whole = COMMAND_LINES.computeIfAbsent("", name -> built(shell));
    return whole.getSubcommands().containsKey(first)
        ? COMMAND_LINES.computeIfAbsent(first, name -> built(shell, name))
        : whole;
  }

  /** The command line itself, without what runs behind it. */
  private static CommandLine built(Shell shell, String... arguments) {
    try {
      Method method = Shs.class.getDeclaredMethod("commandLine", Shell.class, String[].class);
      method.setAccessible(true);
      return (CommandLine) method.invoke(null, shell, arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
