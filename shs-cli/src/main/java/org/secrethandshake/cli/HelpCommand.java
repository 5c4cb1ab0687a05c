package org.secrethandshake.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the help of a command. */
@Command(
    name = "help",
    header = "Show the help of a command.",
    footer = {"", "Example:", "  shs help connect"})
final class HelpCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..1",
      description = "The command to explain. Default: the commands that there are.")
  private @Nullable String command;

  @Override
  public void run() {
    CommandLine main = spec.commandLine().getParent();
    CommandLine explained = command == null ? main : main.getSubcommands().get(command);
    if (explained == null) {
      throw new ParameterException(main, "There is no command '%s'.".formatted(command));
    }
    explained.usage(spec.commandLine().getOut());
  }
}
