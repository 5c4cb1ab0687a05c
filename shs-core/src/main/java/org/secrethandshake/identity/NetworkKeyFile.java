package org.secrethandshake.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.secrethandshake.NetworkKey;

/**
 * Writes a network key to a file: its base64 and a line break, the form that {@link
 * NetworkKey#parse} reads (without the line break) and that other implementations have in their
 * settings.
 *
 * <p>Files have mode 0600 from the moment they exist. Stateless and thread-safe.
 */
public final class NetworkKeyFile {
  private NetworkKeyFile() {}

  /**
   * Writes a network key to a new file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the file exists; it is left alone
   * @throws IOException if the file cannot be written, or the thread is interrupted; nothing is
   *     left of it
   */
  public static void create(Path file, NetworkKey key) throws IOException {
    byte[] content = content(key);
    try {
      PrivateFile.create(file, content);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /**
   * Writes a network key to a file that may exist, as {@link SecretFile#replace} does.
   *
   * @throws java.nio.file.FileSystemException if there is something else than a regular file, such
   *     as a directory or a device; it is left alone
   * @throws IOException if the file cannot be written, or the thread is interrupted; it is as it
   *     was
   */
  public static void replace(Path file, NetworkKey key) throws IOException {
    byte[] content = content(key);
    try {
      PrivateFile.replace(file, content);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static byte[] content(NetworkKey key) {
    byte[] bytes = key.exportBytes();
    byte[] base64 = Base64.getEncoder().encode(bytes);
    try {
      return ByteBuffer.allocate(base64.length + 1).put(base64).put((byte) '\n').array();
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(base64, (byte) 0);
    }
  }
}
