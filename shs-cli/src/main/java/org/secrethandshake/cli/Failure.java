package org.secrethandshake.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A command ends with a sentence for the user and an exit code. */
final class Failure extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  Failure(int exitCode, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.exitCode = exitCode;
  }

  /** The user asked for something that cannot be. */
  static Failure usage(String sentence) {
    return usage(sentence, null);
  }

  /** The user asked for something that cannot be. */
  static Failure usage(String sentence, @Nullable Throwable cause) {
    return new Failure(ExitCodes.USAGE, sentence, cause);
  }

  /** The user asked for something that cannot be, as the library says in a sentence. */
  static Failure usage(Exception cause) {
    return usage(Words.of(cause), cause);
  }

  /**
   * A file that the user named cannot be used.
   *
   * @param what the beginning of the sentence, such as "The key file"
   */
  static Failure file(String what, Path file, IOException cause) {
    return usage("%s %s %s.".formatted(what, file, Words.ofFile(cause)), cause);
  }

  int exitCode() {
    return exitCode;
  }
}
