package org.secrethandshake.identity;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Keeps an identity in a file of Secure Scuttlebutt's {@code secret} format: a JSON object with the
 * fields {@code curve}, {@code public}, {@code private} and {@code id}, between comments. Files of
 * every version of {@code ssb-keys} that made Ed25519 keys can be read; {@code curve} and {@code
 * id} may be missing.
 *
 * <p>A file is used only if every key in it follows from its seed, so a damaged or edited one is
 * never mistaken for an identity. Files are written with mode 0600 from the moment they exist.
 * Copies of the secret made on the way are wiped, as well as the JVM allows.
 *
 * <p>Stateless and thread-safe.
 *
 * <pre>{@code
 * Path file = Path.of("secret");
 * try (IdentityKeyPair alice = IdentityKeyPair.generate(crypto)) {
 *   SecretFile.create(file, alice);
 * }
 * try (IdentityKeyPair alice = SecretFile.read(file, crypto)) {
 *   ...
 * }
 * }</pre>
 */
public final class SecretFile {
  /** The largest file that is read. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final Logger LOGGER = System.getLogger(SecretFile.class.getName());

  private SecretFile() {}

  /**
   * Reads an identity, which the caller closes.
   *
   * <p>Only a regular file, or a symbolic link to one, is read: the others may never end. If others
   * than the file's owner may read or write it, a warning is logged; see {@link
   * #permissionWarning}.
   *
   * @throws InvalidSecretFileException if it is no regular file, is not what the format asks for,
   *     is larger than {@value #MAX_BYTES} bytes, or holds a key that its seed does not derive
   * @throws IOException if the file cannot be read, as {@link Files#newInputStream} reports it
   */
  public static IdentityKeyPair read(Path file, CryptoProvider crypto) throws IOException {
    FileKind kind = FileKind.of(file);
    if (kind != FileKind.REGULAR) {
      throw new InvalidSecretFileException(
          file, "it is " + kind + ", and a key file must be a regular file");
    }
    permissionWarning(file).ifPresent(warning -> LOGGER.log(Logger.Level.WARNING, warning));
    try (SecretFileReader reader = new SecretFileReader(file, content(file))) {
      return SecretFileFormat.read(reader, crypto);
    }
  }

  /**
   * Writes an identity to a new file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the file exists; it is left alone
   * @throws IOException if the file cannot be written, or the thread is interrupted; nothing is
   *     left of it
   * @throws IllegalStateException if the identity is closed
   */
  public static void create(Path file, IdentityKeyPair identity) throws IOException {
    byte[] content = SecretFileFormat.write(identity);
    try {
      PrivateFile.create(file, content);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /**
   * Writes an identity to a file that may exist, in one step: at no time is the file missing or
   * half written. What it held is lost. A symbolic link stays, and what it points at is replaced.
   *
   * @throws java.nio.file.FileSystemException if there is something else than a regular file, such
   *     as a directory or a device; it is left alone
   * @throws IOException if the file cannot be written, or the thread is interrupted; it is as it
   *     was
   * @throws IllegalStateException if the identity is closed
   */
  public static void replace(Path file, IdentityKeyPair identity) throws IOException {
    byte[] content = SecretFileFormat.write(identity);
    try {
      PrivateFile.replace(file, content);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /**
   * Returns a sentence for the user if others than the file's owner may read or write it; empty for
   * what is not a regular file, and on file systems without POSIX permissions.
   *
   * @throws IOException if the file's permissions cannot be read
   */
  public static Optional<String> permissionWarning(Path file) throws IOException {
    return PrivateFile.openToOthers(file)
        .map(
            mode ->
                "The key file "
                    + file
                    + " is open to other users ("
                    + mode
                    + "), and whoever reads it can act as its owner. Run: chmod 600 "
                    + file);
  }

  /**
   * Reads a file that was regular a moment ago. If it was replaced meanwhile by one without end,
   * its first bytes are read; by a pipe, the call waits until another opens it, which Java cannot
   * avoid.
   */
  private static byte[] content(Path file) throws IOException {
    byte[] buffer = new byte[MAX_BYTES + 1];
    try (InputStream in = Files.newInputStream(file)) {
      int length = in.readNBytes(buffer, 0, buffer.length);
      if (length > MAX_BYTES) {
        throw new InvalidSecretFileException(file, "it is larger than " + MAX_BYTES + " bytes");
      }
      return Arrays.copyOf(buffer, length);
    } finally {
      Arrays.fill(buffer, (byte) 0);
    }
  }
}
