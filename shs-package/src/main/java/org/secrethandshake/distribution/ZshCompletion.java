package org.secrethandshake.distribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The completion of a command for zsh's own completion system, which loads it by its name. */
final class ZshCompletion {
  private ZshCompletion() {}

  /** Completes the commands, their options and the values of these. */
  static String of(CommandSpec model) {
    List<CommandSpec> commands = Told.commands(model);
    return """
        #compdef %1$s
        # Completion of %1$s for zsh, made from its commands and options.
        local curcontext="$curcontext" state line
        local -a commands=(
        %2$s
        )
        _arguments -C \\
        %3$s
          '1: :->command' \\
          '*:: :->rest'
        case $state in
          command) _describe -t commands command commands ;;
          rest)
            case $line[1] in
        %4$s
            esac
            ;;
        esac
        """
        .formatted(
            model.name(),
            commands.stream().map(ZshCompletion::described).collect(Collectors.joining("\n")),
            continued("  ", options(model)) + " \\",
            commands.stream().map(ZshCompletion::branch).collect(Collectors.joining("\n")));
  }

  private static String described(CommandSpec command) {
    return "  "
        + quoted(
            command.name().replace(":", "\\:") + ":" + Told.header(command).replace("\\", "\\\\"));
  }

  private static String branch(CommandSpec command) {
    List<String> all = new ArrayList<>(options(command));
    Told.parameters(command).forEach(parameter -> all.add(parameter(parameter)));
    return "      %s) _arguments \\\n%s ;;".formatted(command.name(), continued("        ", all));
  }

  private static String continued(String indent, List<String> words) {
    return words.stream().map(word -> indent + word).collect(Collectors.joining(" \\\n"));
  }

  /** A line for each name: one of them excludes the others, unless it may be repeated. */
  private static List<String> options(CommandSpec command) {
    List<String> specifications = new ArrayList<>();
    for (OptionSpec option : Told.options(command)) {
      String before =
          option.isMultiValue()
              ? "*"
              : Arrays.stream(option.names()).collect(Collectors.joining(" ", "(", ")"));
      for (String name : option.names()) {
        specifications.add(
            quoted(before + name + ending(option, name) + explanation(option) + value(option)));
      }
    }
    return specifications;
  }

  /** Whether the value follows behind an equals sign or at once; both allow it in the next word. */
  private static String ending(OptionSpec option, String name) {
    if (!Told.takesValue(option)) {
      return "";
    }
    return name.startsWith("--") ? "=" : "+";
  }

  private static String explanation(OptionSpec option) {
    return "[" + escaped(Told.brief(option)) + "]";
  }

  private static String value(OptionSpec option) {
    return Told.takesValue(option) ? action(option) : "";
  }

  private static String parameter(PositionalParamSpec parameter) {
    return quoted(
        (parameter.isMultiValue() ? "*" : "")
            + (parameter.isMultiValue() ? "" : parameter.index().min() + 1)
            + action(parameter));
  }

  private static String action(ArgSpec argument) {
    String label = ":" + escaped(argument.paramLabel()) + ":";
    if (Told.isFile(argument)) {
      return label + "_files";
    }
    List<String> values = Told.values(argument);
    return values.isEmpty() ? label : label + "(" + String.join(" ", values) + ")";
  }

  private static String escaped(String text) {
    return text.replaceAll("[\\\\\\[\\]:]", "\\\\$0");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
