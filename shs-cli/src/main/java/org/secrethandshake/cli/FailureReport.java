package org.secrethandshake.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.spi.CryptoProviderException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever ended a command into a sentence on standard error and an exit code. */
final class FailureReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
  /** The environment variable that asks for stack traces. */
  static final String DEBUG_VARIABLE = "SHS_DEBUG";

  private final Shell shell;

  FailureReport(Shell shell) {
    this.shell = shell;
  }

  @Override
  public int handleParseException(ParameterException problem, String[] arguments) {
    String command = problem.getCommandLine().getCommandSpec().qualifiedName();
    shell.say("%s (%s --help says more)".formatted(problem.getMessage(), command));
    return ExitCodes.USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception problem, CommandLine command, ParseResult parseResult) {
    if (shell.variable(DEBUG_VARIABLE).isPresent()) {
      problem.printStackTrace(shell.err());
    }
    sentences(problem).forEach(shell::say);
    return exitCode(problem);
  }

  /** The failure, and those of other ways to the same server, each said once. */
  private static Stream<String> sentences(Exception problem) {
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
    boolean isSentence =
        problem instanceof Failure
            || (problem instanceof IOException && problem.getMessage() != null)
            || problem instanceof CryptoProviderException;
    return isSentence
        ? String.valueOf(problem.getMessage())
        : "This is a defect of shs: %s. Set %s=1 for the details."
            .formatted(problem, DEBUG_VARIABLE);
  }

  private static int exitCode(Exception problem) {
    if (problem instanceof Failure failure) {
      return failure.exitCode();
    }
    if (problem instanceof HandshakeException) {
      return ExitCodes.HANDSHAKE_FAILED;
    }
    return problem instanceof BoxStreamException ? ExitCodes.STREAM_CUT : ExitCodes.DEFECT;
  }
}
