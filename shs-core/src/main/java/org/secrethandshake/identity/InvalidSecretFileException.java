package org.secrethandshake.identity;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A key file cannot be used: it is damaged, was edited, is not a key file, or not even a regular
 * file.
 *
 * <p>The message names the file and the problem and holds no byte of a key.
 */
public final class InvalidSecretFileException extends IOException {
  private static final long serialVersionUID = 1L;

  InvalidSecretFileException(Path file, String problem) {
    super("The key file " + file + " cannot be used: " + problem + ".");
  }
}
