package org.secrethandshake.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Values that are written {@code @FILE}, which keeps a secret out of the command line. */
final class TextFile {
  private static final char MARK = '@';
  private static final int MAX_BYTES = 64 * 1024;

  private TextFile() {}

  static boolean isNamedBy(String value) {
    return !value.isEmpty() && value.charAt(0) == MARK;
  }

  /** The value itself, or what the file that it names holds, without white space around it. */
  static String resolve(String value) throws Failure {
    return isNamedBy(value) ? read(path(value.substring(1))) : value;
  }

  private static Path path(String name) throws Failure {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw Failure.usage("After @ stands a name that no file can have.", e);
    }
  }

  private static String read(Path file) throws Failure {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw Failure.file("The file", file, e);
    }
  }
}
