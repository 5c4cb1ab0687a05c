package org.secrethandshake.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command {@code shs}. */
@Command(
    name = "shs",
    header = "Secret Handshake: mutually authenticated, forward-secret channels.",
    description = "See it work, with nothing to set up: shs demo",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = VersionCommand.FromJar.class,
    footer = {
      "",
      "Data goes through standard input and output, everything else to standard error.",
      "",
      "Environment:",
      "  SHS_KEY_FILE   the key file, where no --key is given",
      "  SHS_SEED       a seed (hex or base64) to take the identity from instead",
      "  SHS_NETWORK    the network key, where no --network is given",
      "  SHS_DEBUG      if set to 1, a failure prints its stack trace",
      "",
      "Exit codes:",
      "  0  all done, and both sides have said goodbye",
      "  1  a defect of shs or of a crypto backend",
      "  2  the command line, a key file or a setting is wrong",
      "  3  could not connect, or could not listen",
      "  4  the handshake failed",
      "  5  the stream was cut or corrupt, or standard input or output failed",
      "  130, 143 and others above 128: ended by a signal, and what was in use was cut",
      "",
      "Example:",
      "  shs demo --megabytes 8"
    })
public final class Shs implements Callable<Integer> {
  private static final String HELP = "help";
  private static final String TUNNEL = "tunnel";

  /** In the order in which the help lists them. */
  private static final List<String> COMMANDS =
      List.of("keygen", "listen", "connect", TUNNEL, "providers", "demo", "bench", HELP, "version");

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Shell shell;

  private Shs(Shell shell) {
    this.shell = shell;
  }

  /** The command with all its commands and options, for what documents or completes them. */
  public static CommandSpec model() {
    return commandLine(Shell.ofProcess()).getCommandSpec();
  }

  /** Runs the command and ends the process. */
  public static void main(String[] arguments) {
    // Before any file is opened that could take the number of a closed stream.
    Shell shell = Shell.ofProcess();
    // Our messages are English, and so are the digits in them.
    Locale.setDefault(Locale.ENGLISH);
    // The library's warnings come through System.Logger: one line each, like our own.
    System.setProperty("java.util.logging.SimpleFormatter.format", "shs: %5$s%n");
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, problem) -> new FailureReport(shell).report(problem));
    System.exit(run(shell, arguments));
  }

  /** Runs the command, and returns its exit code. */
  static int run(Shell shell, String... arguments) {
    CheckedOutput out = new CheckedOutput(shell.out());
    FailureReport failures = new FailureReport(shell);
    int exitCode = run(shell.withOut(out), failures, arguments);
    if (exitCode == ExitCodes.OK && out.failure().isPresent()) {
      return failures.report(
          new Failure(
              ExitCodes.STREAM_CUT,
              "Standard output failed (%s), so a part of what was printed is lost."
                  .formatted(Words.of(out.failure().get())),
              out.failure().get()));
    }
    return exitCode;
  }

  private static int run(Shell shell, FailureReport failures, String... arguments) {
    try {
      CommandLine main = commandLine(shell, arguments);
      CommandLine tunnel = main.getSubcommands().get(TUNNEL);
      if (tunnel != null && arguments.length > 0 && arguments[0].equals(TUNNEL)) {
        TunnelConfig.apply(tunnel, List.of(arguments));
      }
      return main.setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8))
          .setExecutionExceptionHandler(failures)
          .setParameterExceptionHandler(failures)
          .setExecutionStrategy(parsed -> execute(shell, parsed))
          .execute(arguments);
    } catch (Failure | Error e) {
      return failures.report(e);
    }
  }

  /** All but listen need standard output in any case. */
  private static int execute(Shell shell, ParseResult parsed) {
    CommandLine command = parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
    boolean needsOutput =
        !(command.getCommand() instanceof Listen) || command.isUsageHelpRequested();
    try {
      if (needsOutput) {
        shell.requireOpen(Shell.Stream.OUT);
      }
    } catch (Failure e) {
      throw new ExecutionException(command, Words.of(e), e);
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /** The command as its arguments need it, ready to read them. */
  static CommandLine commandLine(Shell shell, String... arguments) {
    CommandLine main = new CommandLine(new Shs(shell));
    addCommands(main, shell, arguments.length == 0 ? "" : arguments[0]);
    main.getSubcommands().values().forEach(Shs::withHelp);
    withHelp(main);
    Conversions.register(main);
    // A leading @ belongs to keys and to the values that name a file.
    return main.setExpandAtFiles(false)
        .setColorScheme(Help.defaultColorScheme(ansi(shell)))
        .setUsageHelpLongOptionsMaxWidth(24);
  }

  /** Adds the command that is named, because reading the options of all takes a while. */
  private static void addCommands(CommandLine main, Shell shell, String named) {
    boolean needsOne = COMMANDS.contains(named) && !named.equals(HELP);
    for (String name : needsOne ? List.of(named) : COMMANDS) {
      main.addSubcommand(command(name, shell));
    }
  }

  private static Object command(String name, Shell shell) {
    return switch (name) {
      case "keygen" -> new Keygen(shell);
      case "listen" -> new Listen(shell);
      case "connect" -> new Connect(shell);
      case TUNNEL -> new Tunnel(shell);
      case "providers" -> new Providers(shell);
      case "demo" -> new Demo(shell);
      case "bench" -> new Bench(shell);
      case HELP -> new HelpCommand();
      case "version" -> new VersionCommand();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static void withHelp(CommandLine command) {
    command.getCommandSpec().mixinStandardHelpOptions(true);
  }

  private static Help.Ansi ansi(Shell shell) {
    return Style.of(shell).hasColour() ? Help.Ansi.ON : Help.Ansi.OFF;
  }

  /** Without a command: the list of them, and a failure, which a script must not overlook. */
  @Override
  public Integer call() {
    shell.err().print(spec.commandLine().getUsageMessage(Help.Ansi.OFF));
    return ExitCodes.USAGE;
  }
}
