package org.secrethandshake.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
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
 * @param closed which of the three the process was started without
 */
record Shell(
    InputStream in,
    OutputStream out,
    PrintStream err,
    Map<String, String> environment,
    Set<Stream> terminals,
    Set<Stream> closed) {

  /** The property in which the start script says which streams are terminals: Java cannot tell. */
  static final String TERMINALS_PROPERTY = "shs.terminals";

  /** The property in which the start script says which streams are closed. */
  static final String CLOSED_PROPERTY = "shs.closed";

  private static final String PREFIX = "shs: ";
  private static final int LINE_WIDTH = 80;

  /** A standard stream. */
  enum Stream {
    IN(0, "input", "send nothing, redirect it: < /dev/null."),
    OUT(1, "output", "discard it, redirect it: > /dev/null."),
    ERR(2, "error", "discard it, redirect it: 2> /dev/null.");

    private final int descriptor;
    private final String noun;
    private final String redirection;

    Stream(int descriptor, String noun, String redirection) {
      this.descriptor = descriptor;
      this.noun = noun;
      this.redirection = redirection;
    }

    int descriptor() {
      return descriptor;
    }
  }

  /** The shell of this process. Its streams hide no failure, as {@code System.out} does. */
  static Shell ofProcess() {
    Set<Stream> closed = StandardStreams.closed();
    closed.addAll(streams(CLOSED_PROPERTY));
    return new Shell(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        System.err,
        System.getenv(),
        streams(TERMINALS_PROPERTY),
        Set.copyOf(closed));
  }

  private static Set<Stream> streams(String property) {
    List<String> given = List.of(System.getProperty(property, "").split(","));
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

  /** The same shell with another standard output. */
  Shell withOut(OutputStream other) {
    return new Shell(in, other, err, environment, terminals, closed);
  }

  /** The same shell with another standard error. */
  Shell withErr(PrintStream other) {
    return new Shell(in, out, other, environment, terminals, closed);
  }

  /**
   * Checks, before anything is done, that a stream is there. A closed one is not taken for an empty
   * one: the peer would see a goodbye behind nothing, and take it for all there is.
   */
  void requireOpen(Stream... needed) throws Failure {
    for (Stream stream : needed) {
      if (closed.contains(stream)) {
        throw Failure.usage(
            "Standard %s is closed. To %s".formatted(stream.noun, stream.redirection));
      }
    }
  }

  /** Writes data that came through a channel to standard output. */
  void write(byte[] bytes, int count) throws Failure {
    try {
      out.write(bytes, 0, count);
    } catch (IOException e) {
      throw new Failure(
          ExitCodes.STREAM_CUT,
          "Standard output failed (%s), so the channel was cut.".formatted(Words.of(e)),
          e);
    }
  }

  /** Tells the user something, on standard error; on a terminal in lines that fit. */
  void say(String sentence) {
    String line = PREFIX + sentence;
    err.println(isTerminal(Stream.ERR) ? wrapped(line) : line);
  }

  /** Broken between words. What has no blank, such as a key, stays whole. */
  private static String wrapped(String line) {
    StringBuilder lines = new StringBuilder();
    String rest = line;
    while (rest.length() >= LINE_WIDTH) {
      int blank = rest.lastIndexOf(' ', LINE_WIDTH - 1);
      int end = blank > PREFIX.length() ? blank : rest.indexOf(' ', LINE_WIDTH);
      if (end < 0) {
        break;
      }
      lines.append(rest, 0, end).append(System.lineSeparator());
      rest = " ".repeat(PREFIX.length()) + rest.substring(end).stripLeading();
    }
    return lines.append(rest).toString();
  }

  /** Warns the user, on standard error. */
  void warn(String sentence) {
    say("warning: " + sentence);
  }
}
