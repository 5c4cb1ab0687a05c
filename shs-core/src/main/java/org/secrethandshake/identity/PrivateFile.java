package org.secrethandshake.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Files that only their owner may read and write (mode 0600) from the moment they exist. On file
 * systems without POSIX permissions they have whatever protection their folder gives them.
 */
final class PrivateFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rw-rw-");

  private PrivateFile() {}

  /** Creates a file; one that exists already, even a dangling link, is left alone. */
  static void create(Path file, byte[] content) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly(file.getFileSystem()));
    try {
      fill(channel, content);
    } catch (Throwable failure) {
      deleteAfter(failure, file);
      throw failure;
    }
  }

  /**
   * Puts a file in the place of a regular file, or of none, in one step; a link keeps pointing at
   * it.
   */
  static void replace(Path file, byte[] content) throws IOException {
    Path target = replaceable(file);
    Path temporary =
        Files.createTempFile(
            target.getParent(),
            target.getFileName() + ".",
            ".new",
            ownerOnly(file.getFileSystem()));
    try {
      fill(FileChannel.open(temporary, StandardOpenOption.WRITE), content);
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (Throwable failure) {
      deleteAfter(failure, temporary);
      throw failure;
    }
  }

  /**
   * Follows a link to what shall be replaced.
   *
   * <p>What is put there after this look is replaced, too. To do that takes the right to write into
   * the folder, with which the file can be taken away as well.
   */
  private static Path replaceable(Path file) throws IOException {
    if (Files.isSymbolicLink(file) && Files.notExists(file)) {
      throw unusable(file, "it is a symbolic link to something that does not exist");
    }
    if (Files.notExists(file)) {
      return file.toAbsolutePath();
    }
    FileKind kind = FileKind.of(file);
    if (kind != FileKind.REGULAR) {
      throw unusable(file, "it is " + kind + ", and only a regular file may be replaced");
    }
    return file.toRealPath();
  }

  private static FileSystemException unusable(Path file, String reason) {
    return new FileSystemException(file.toString(), null, reason);
  }

  /**
   * Tells which permissions others than the owner have to a regular file, if any, as in {@code
   * rw-r--r--}.
   */
  static Optional<String> openToOthers(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return Optional.empty();
    }
    PosixFileAttributes attributes = view.readAttributes();
    Set<PosixFilePermission> others = EnumSet.copyOf(OTHERS);
    others.retainAll(attributes.permissions());
    return others.isEmpty() || !attributes.isRegularFile()
        ? Optional.empty()
        : Optional.of(PosixFilePermissions.toString(attributes.permissions()));
  }

  /** Writes a file through to the disk, and closes it. */
  private static void fill(FileChannel file, byte[] content) throws IOException {
    try (file) {
      ByteBuffer remaining = ByteBuffer.wrap(content);
      while (remaining.hasRemaining()) {
        file.write(remaining);
      }
      file.force(true);
    }
  }

  private static void deleteAfter(Throwable failure, Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static FileAttribute<?>[] ownerOnly(FileSystem fileSystem) {
    return fileSystem.supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }
}
