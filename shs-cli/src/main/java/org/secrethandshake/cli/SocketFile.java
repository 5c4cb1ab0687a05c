package org.secrethandshake.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The file of a Unix domain socket: only its owner may connect, and one that nobody listens at any
 * more is in nobody's way. No other file is ever removed.
 */
final class SocketFile {
  private static final String OWNER_ONLY = "rw-------";

  private SocketFile() {}

  /**
   * Listens at a path. The socket comes into being in a folder of our own and is moved when its
   * mode is set, so that there is no moment in which others could connect.
   *
   * @throws IOException if somebody listens there, or the path belongs to another kind of file
   */
  static ServerSocketChannel listen(Path path) throws IOException {
    removeIfStale(path);
    Path folder = Files.createTempDirectory(path.toAbsolutePath().getParent(), ".shs");
    Path born = folder.resolve("s");
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listener.bind(UnixDomainSocketAddress.of(born));
      Files.setPosixFilePermissions(born, PosixFilePermissions.fromString(OWNER_ONLY));
      Files.move(born, path, StandardCopyOption.ATOMIC_MOVE);
      return listener;
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    } finally {
      Files.deleteIfExists(born);
      Files.delete(folder);
    }
  }

  /** Removes a socket at which nobody listens. */
  static void removeIfStale(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther()) {
      throw new FileSystemException(
          path.toString(), null, "there is a file of this name that is not a socket");
    }
    if (isServed(path)) {
      throw new BindException("another program listens there");
    }
    Files.delete(path);
  }

  private static boolean isServed(Path path) {
    try (SocketChannel visitor = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return visitor.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
