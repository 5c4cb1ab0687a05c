package org.secrethandshake.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
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
    fill(channel, file, content);
  }

  /** Puts a file in the place of another, or of none, in one step; a link keeps pointing at it. */
  static void replace(Path file, byte[] content) throws IOException {
    Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
    Path temporary =
        Files.createTempFile(
            target.getParent(),
            target.getFileName() + ".",
            ".new",
            ownerOnly(file.getFileSystem()));
    boolean moved = false;
    try {
      fill(FileChannel.open(temporary, StandardOpenOption.WRITE), temporary, content);
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      moved = true;
    } finally {
      if (!moved) {
        Files.deleteIfExists(temporary);
      }
    }
  }

  /** Tells which permissions others than the owner have, if any, as in {@code rw-r--r--}. */
  static Optional<String> openToOthers(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return Optional.empty();
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    Set<PosixFilePermission> others = EnumSet.copyOf(OTHERS);
    others.retainAll(permissions);
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(PosixFilePermissions.toString(permissions));
  }

  /** Writes a new file through to the disk, and removes it if that fails. */
  private static void fill(FileChannel channel, Path file, byte[] content) throws IOException {
    boolean written = false;
    try (channel) {
      ByteBuffer remaining = ByteBuffer.wrap(content);
      while (remaining.hasRemaining()) {
        channel.write(remaining);
      }
      channel.force(true);
      written = true;
    } finally {
      if (!written) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static FileAttribute<?>[] ownerOnly(FileSystem fileSystem) {
    return fileSystem.supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }
}
