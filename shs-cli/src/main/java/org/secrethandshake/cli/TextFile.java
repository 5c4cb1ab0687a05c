package org.secrethandshake.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import org.secrethandshake.IdentityKey;

/**
 * Values that are written {@code @FILE}, which keeps a secret out of the command line.
 *
 * <p>The file may be a pipe, as in {@code @/dev/stdin} and {@code @<(command)}: like every command,
 * this one waits for what comes through it.
 */
final class TextFile {
  private static final char MARK = '@';
  private static final int MAX_BYTES = 64 * 1024;

  private TextFile() {}

  /** A public key begins with the same sign and is no file; {@code @./NAME} is always one. */
  static boolean isNamedBy(String value) {
    return !value.isEmpty() && value.charAt(0) == MARK && !isPublicKey(value);
  }

  private static boolean isPublicKey(String value) {
    try {
      IdentityKey.parse(value);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The value itself, or what the file that it names holds, without white space around it. */
  static String resolve(String value) throws Failure {
    return isNamedBy(value) ? read(path(value.substring(1))) : value;
  }

  private static Path path(String name) throws Failure {
    if (name.isEmpty()) {
      throw Failure.usage("The name of a file is missing after the @.");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw Failure.usage("What stands after the @ cannot be the name of a file.", e);
    }
  }

  private static String read(Path file) throws Failure {
    byte[] buffer = new byte[MAX_BYTES + 1];
    try {
      return text(file, ByteBuffer.wrap(buffer, 0, length(file, buffer))).strip();
    } finally {
      Arrays.fill(buffer, (byte) 0);
    }
  }

  private static int length(Path file, byte[] buffer) throws Failure {
    if (Files.isDirectory(file)) {
      throw unusable(file, "it is a directory");
    }
    try (InputStream in = Files.newInputStream(file)) {
      int length = in.readNBytes(buffer, 0, buffer.length);
      if (length > MAX_BYTES) {
        throw unusable(
            file,
            "it is larger than "
                + MAX_BYTES
                + " bytes or has no end; an address or a key is much shorter");
      }
      return length;
    } catch (IOException e) {
      throw Failure.file("The file", file, e);
    }
  }

  private static String text(Path file, ByteBuffer content) throws Failure {
    String text;
    try {
      text = UTF_8.newDecoder().decode(content).toString();
    } catch (CharacterCodingException e) {
      throw notText(file);
    }
    if (text.startsWith("\ufeff")) {
      throw unusable(
          file, "it begins with a byte order mark; save it as UTF-8 without one (without BOM)");
    }
    if (text.indexOf('\0') >= 0) {
      throw notText(file);
    }
    return text;
  }

  private static Failure notText(Path file) {
    return unusable(
        file, "it is UTF-16 or is not text at all; save it as UTF-8 without byte order mark");
  }

  private static Failure unusable(Path file, String reason) {
    return Failure.usage("The file " + file + " cannot be used: " + reason + ".");
  }
}
