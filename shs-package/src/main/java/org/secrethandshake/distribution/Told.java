package org.secrethandshake.distribution;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What a command's model tells its users, as its help does: nothing hidden, and no markup. */
final class Told {
  private Told() {}

  /** The commands below one, in the order of its help. */
  static List<CommandSpec> commands(CommandSpec command) {
    return command.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(each -> !each.usageMessage().hidden())
        .distinct()
        .toList();
  }

  /** The options, by their long names. */
  static List<OptionSpec> options(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.hidden())
        .sorted(
            Comparator.comparing(
                option -> option.longestName().replace("-", "").toLowerCase(Locale.ROOT)))
        .toList();
  }

  static List<PositionalParamSpec> parameters(CommandSpec command) {
    return command.positionalParameters().stream().filter(each -> !each.hidden()).toList();
  }

  static boolean takesValue(OptionSpec option) {
    return option.arity().max() > 0;
  }

  static boolean isFile(ArgSpec argument) {
    Class<?> type = argument.isMultiValue() ? argument.auxiliaryTypes()[0] : argument.type();
    return type == Path.class || type == File.class;
  }

  /** The values that there are, where the model lists them. */
  static List<String> values(ArgSpec argument) {
    Iterable<String> candidates = argument.completionCandidates();
    return candidates == null
        ? List.of()
        : StreamSupport.stream(candidates.spliterator(), false).toList();
  }

  static String header(CommandSpec command) {
    return text(command.usageMessage().header());
  }

  /** The first sentence of a description, for lists in a shell. */
  static String brief(ArgSpec argument) {
    return text(argument.description()).split("(?<=\\.) ", 2)[0];
  }

  /** One text of what the model holds in several lines. */
  static String text(String... lines) {
    return Arrays.stream(lines).map(Told::line).collect(Collectors.joining(" ")).strip();
  }

  /** A line as the help shows it. */
  static String line(String line) {
    return Help.Ansi.OFF.string(String.format(Locale.ENGLISH, line));
  }
}
