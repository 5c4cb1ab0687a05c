package org.secrethandshake.distribution;

import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion of a command for the shell fish, with what the help says of each word. */
final class FishCompletion {
  private final StringBuilder script = new StringBuilder();
  private final String name;

  private FishCompletion(String name) {
    this.name = name;
  }

  /** Completes the commands, their options and the values of these. */
  static String of(CommandSpec model) {
    FishCompletion completion = new FishCompletion(model.name());
    completion.line(
        "# Completion of %s for fish, made from its commands and options.".formatted(model.name()));
    completion.complete("-f");
    completion.options("__fish_use_subcommand", model);
    for (CommandSpec command : Told.commands(model)) {
      completion.complete(
          "-n __fish_use_subcommand -a %s -d %s"
              .formatted(quoted(command.name()), quoted(Told.header(command))));
      completion.arguments("__fish_seen_subcommand_from " + command.name(), command);
    }
    return completion.script.toString();
  }

  private void arguments(String condition, CommandSpec command) {
    options(condition, command);
    for (ArgSpec parameter : Told.parameters(command)) {
      List<String> values = Told.values(parameter);
      if (Told.isFile(parameter)) {
        complete("-n %s -F".formatted(quoted(condition)));
      } else if (!values.isEmpty()) {
        complete("-n %s -a %s".formatted(quoted(condition), quoted(String.join(" ", values))));
      }
    }
  }

  private void options(String condition, CommandSpec command) {
    for (OptionSpec option : Told.options(command)) {
      StringBuilder words = new StringBuilder();
      for (String each : option.names()) {
        words.append(each.startsWith("--") ? " -l " : " -s ").append(each.replaceFirst("^--?", ""));
      }
      complete(
          "-n %s%s%s -d %s"
              .formatted(quoted(condition), words, value(option), quoted(Told.brief(option))));
    }
  }

  /** Nothing, a file, one of a list, or a word that nobody can guess. */
  private static String value(OptionSpec option) {
    if (!Told.takesValue(option)) {
      return "";
    }
    if (Told.isFile(option)) {
      return " -r -F";
    }
    List<String> values = Told.values(option);
    return values.isEmpty() ? " -x" : " -x -a " + quoted(String.join(" ", values));
  }

  private void complete(String words) {
    line("complete -c " + name + " " + words);
  }

  private void line(String text) {
    script.append(text).append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
