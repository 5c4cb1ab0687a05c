package org.secrethandshake.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.spi.CryptoProviderException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever ended a command into a sentence on standard error and an exit code. */
final class FailureReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
  /** The environment variable that asks for stack traces. */
  static final String DEBUG_VARIABLE = "SHS_DEBUG";

  /** Two letters that changed places are two. */
  private static final int MAX_EDITS = 2;

  private final Shell shell;

  FailureReport(Shell shell) {
    this.shell = shell;
  }

  @Override
  public int handleParseException(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    List<String> unmatched = command.getUnmatchedArguments();
    // A typing error is also why another argument is missing.
    String sentence =
        unmatched.isEmpty()
            ? withFullStop(parameterProblem(problem))
            : unmatched(new UnmatchedArgumentException(command, unmatched));
    shell.say(
        "%s For help: %s --help".formatted(sentence, command.getCommandSpec().qualifiedName()));
    return ExitCodes.USAGE;
  }

  private static String parameterProblem(ParameterException problem) {
    String words = Words.of(problem);
    return problem instanceof MutuallyExclusiveArgsException
        ? words.replaceFirst("^Error: (.*?) \\(.*", "$1; give only one of them")
        : words;
  }

  /** Says which argument is not known, and what it may be a typing error of. */
  private static String unmatched(UnmatchedArgumentException problem) {
    String argument = problem.getUnmatched().get(0);
    String sentence;
    if (problem.isUnknownOption()) {
      sentence = "There is no option %s.".formatted(argument);
    } else if (problem.getCommandLine().getParent() == null) {
      sentence = "There is no command '%s'.".formatted(argument);
    } else {
      sentence = "The argument '%s' is one too many.".formatted(argument);
    }
    CommandSpec command = problem.getCommandLine().getCommandSpec();
    String similar =
        Stream.concat(
                command.subcommands().keySet().stream(), command.optionsMap().keySet().stream())
            .filter(name -> isTypingError(argument, name))
            .collect(Collectors.joining(" or "));
    return similar.isEmpty() ? sentence : "%s Did you mean %s?".formatted(sentence, similar);
  }

  private static boolean isTypingError(String typed, String name) {
    int edits = editDistance(typed, name);
    return edits <= MAX_EDITS && 2 * edits < typed.length();
  }

  /** How many characters must be put, dropped or changed to make one word the other. */
  private static int editDistance(String from, String to) {
    int[] row = IntStream.rangeClosed(0, to.length()).toArray();
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }

  private static String withFullStop(String sentence) {
    return sentence.matches("(?s).*[.?!]") ? sentence : sentence + ".";
  }

  @Override
  public int handleExecutionException(
      Exception problem, CommandLine command, ParseResult parseResult) {
    return report(problem);
  }

  /** Reports what ended the command, and returns the exit code for it. */
  int report(Throwable problem) {
    if (shell.variable(DEBUG_VARIABLE).isPresent()) {
      problem.printStackTrace(shell.err());
    }
    sentences(problem).forEach(shell::say);
    return exitCode(problem);
  }

  /** The failure, and those of other ways to the same server, each said once. */
  private static Stream<String> sentences(Throwable problem) {
    Throwable first = problem instanceof Failure ? problem.getCause() : problem;
    Stream<String> others =
        first instanceof IOException
            ? Arrays.stream(first.getSuppressed()).map(FailureReport::sentence)
            : Stream.empty();
    return Stream.concat(Stream.of(sentence(problem)), others)
        .collect(Collectors.toCollection(LinkedHashSet::new))
        .stream();
  }

  private static String sentence(Throwable problem) {
    if (problem instanceof Failure
        || problem instanceof IOException
        || problem instanceof CryptoProviderException
        || problem instanceof OutOfMemoryError) {
      return sentenceCase(Words.of(problem));
    }
    return "This is a defect of shs: %s. Set %s=1 to see where."
        .formatted(Words.of(problem), DEBUG_VARIABLE);
  }

  private static String sentenceCase(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + withFullStop(words.substring(1));
  }

  private static int exitCode(Throwable problem) {
    if (problem instanceof Failure failure) {
      return failure.exitCode();
    }
    if (problem instanceof HandshakeException) {
      return ExitCodes.HANDSHAKE_FAILED;
    }
    return problem instanceof BoxStreamException ? ExitCodes.STREAM_CUT : ExitCodes.DEFECT;
  }
}
