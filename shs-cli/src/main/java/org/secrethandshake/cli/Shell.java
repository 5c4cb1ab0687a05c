package org.secrethandshake.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a command is given by the shell that starts it. Tests give their own.
 *
 * @param in standard input
 * @param out standard output, unbuffered, for data
 * @param err standard error, for everything else
 * @param environment the environment variables
 * @param terminals which of the three streams are a terminal
 */
record Shell(
    InputStream in,
    OutputStream out,
    PrintStream err,
    Map<String, String> environment,
    Set<Stream> terminals) {

  /** The property in which the start script says which streams are terminals: Java cannot tell. */
  static final String TERMINALS_PROPERTY = "shs.terminals";

  private static final String PREFIX = "shs: ";

  /** A standard stream. */
  enum Stream {
    IN,
    OUT,
    ERR
  }

  /** The shell of this process. Its streams hide no failure, as {@code System.out} does. */
  static Shell ofProcess() {
    return new Shell(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        System.err,
        System.getenv(),
        terminals(System.getProperty(TERMINALS_PROPERTY, "")));
  }

  private static Set<Stream> terminals(String names) {
    Set<String> given = Set.of(names.split(","));
    return Arrays.stream(Stream.values())
        .filter(stream -> given.contains(stream.name().toLowerCase(Locale.ROOT)))
        .collect(Collectors.toUnmodifiableSet());
  }

  boolean isTerminal(Stream stream) {
    return terminals.contains(stream);
  }

  /** An environment variable; one that is set to nothing counts as not set. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** Tells the user something, on standard error. */
  void say(String sentence) {
    err.println(PREFIX + sentence);
  }

  /** Warns the user, on standard error. */
  void warn(String sentence) {
    say("warning: " + sentence);
  }
}
