package org.secrethandshake.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.secrethandshake.IdentityKey;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code shs}. */
@Command(
    name = "shs",
    header = "Secret Handshake: mutually authenticated, forward-secret channels.",
    description = "See it work, with nothing to set up: shs demo",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Shs.Version.class,
    footer = {
      "",
      "Data goes through standard input and output, everything else to standard error.",
      "",
      "Environment:",
      "  SHS_KEY_FILE   the key file, where no --key is given",
      "  SHS_SEED       a seed (hex or base64) to take the identity from instead",
      "  SHS_NETWORK    the network key, where no --network is given",
      "  SHS_DEBUG      set to 1, failures come with a stack trace",
      "",
      "Exit codes:",
      "  0  all done, and both sides have said goodbye",
      "  1  a defect of shs or of a crypto backend",
      "  2  the command line, a key file or a setting is wrong",
      "  3  could not connect, or could not listen",
      "  4  the handshake failed",
      "  5  the stream was cut or corrupt",
      "",
      "Example:",
      "  shs demo --megabytes 8"
    })
public final class Shs implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private Shs() {}

  /** Runs the command and ends the process. */
  public static void main(String[] arguments) {
    // The library's warnings come through System.Logger: one line each, like our own.
    System.setProperty("java.util.logging.SimpleFormatter.format", "shs: %5$s%n");
    System.exit(run(Shell.ofProcess(), arguments));
  }

  /** Runs the command, and returns its exit code. */
  static int run(Shell shell, String... arguments) {
    FailureReport failures = new FailureReport(shell);
    PrintWriter out = new PrintWriter(shell.out(), true, StandardCharsets.UTF_8);
    return commandLine(shell)
        .setOut(out)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .execute(arguments);
  }

  private static CommandLine commandLine(Shell shell) {
    CommandLine main = new CommandLine(new Shs());
    main.addSubcommand(new Keygen(shell))
        .addSubcommand(new Listen(shell))
        .addSubcommand(new Connect(shell))
        .addSubcommand(new Providers(shell))
        .addSubcommand(new Demo(shell))
        .addSubcommand(new Bench(shell));
    main.getSubcommands().values().forEach(Shs::withHelp);
    withHelp(main);
    // A leading @ belongs to keys and to the values that name a file.
    return main.registerConverter(IdentityKey.class, Shs::identityKey)
        .setExpandAtFiles(false)
        .setColorScheme(Help.defaultColorScheme(ansi(shell)))
        .setUsageHelpLongOptionsMaxWidth(24);
  }

  private static IdentityKey identityKey(String text) {
    try {
      return IdentityKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage() + ".");
    }
  }

  private static void withHelp(CommandLine command) {
    command.getCommandSpec().mixinStandardHelpOptions(true);
  }

  private static Help.Ansi ansi(Shell shell) {
    return Style.of(shell).hasColour() ? Help.Ansi.ON : Help.Ansi.OFF;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing.");
  }

  /** Reads the version from the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Shs.class.getPackage().getImplementationVersion();
      return new String[] {"shs " + (version == null ? "(not packaged)" : version)};
    }
  }
}
