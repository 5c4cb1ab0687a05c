package org.secrethandshake.identity;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.spi.CryptoProvider;

/** Only a regular file is read or replaced. The timeout is for files that never end. */
@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
class FileKindTest {
  private static final CryptoProvider CRYPTO = CryptoProviders.onlyInstalled();
  private static final IdentityKeyPair ALICE = IdentityKeyPair.generate(CRYPTO);
  private static final NetworkKey NETWORK = NetworkKey.generate(CRYPTO);

  @TempDir private Path folder;

  @Test
  void refusesADirectory() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("directory"));
    assertNotUsed(directory, "it is a directory");
    assertEquals(List.of("directory"), namesInFolder());
  }

  @Test
  void refusesADirectoryBehindALink() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("directory"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), directory);
    assertNotUsed(link, "it is a directory");
    assertTrue(Files.isSymbolicLink(link));
  }

  @Test
  void refusesAPipeWithoutWaitingForItsOtherEnd() throws Exception {
    Path pipe = folder.resolve("pipe");
    run("mkfifo", pipe.toString());
    assertNotUsed(pipe, "it is a pipe (FIFO)");
    assertEquals(FileKind.PIPE, FileKind.of(pipe));
  }

  @Test
  void refusesASocket() throws IOException {
    Path socket = folder.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      assertNotUsed(socket, "it is a socket");
      assertEquals(FileKind.SOCKET, FileKind.of(socket));
    }
  }

  @Test
  void refusesADeviceWithoutReadingIt() throws IOException {
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device), "skipped: there is no /dev/zero");
    InvalidSecretFileException read =
        assertThrows(InvalidSecretFileException.class, () -> SecretFile.read(device, CRYPTO));
    assertEquals(
        "The key file /dev/zero cannot be used: it is a device, and a key file must be a regular"
            + " file.",
        read.getMessage());
  }

  /** A device node of our own, because a fault would take away one of the machine's. */
  @Test
  void leavesADeviceWhereItIs() throws Exception {
    Path device = folder.resolve("device");
    assumeTrue(
        new ProcessBuilder("mknod", device.toString(), "c", "1", "5").start().waitFor() == 0,
        "skipped: this user may not make a device node");
    assertNotUsed(device, "it is a device");
    assertEquals(FileKind.DEVICE, FileKind.of(device));
  }

  @Test
  void readsAndReplacesTheRegularFileBehindALink() throws IOException {
    Path file = folder.resolve("secret");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file.getFileName());
    SecretFile.create(file, IdentityKeyPair.generate(CRYPTO));
    SecretFile.replace(link, ALICE);
    assertTrue(Files.isSymbolicLink(link));
    try (IdentityKeyPair identity = SecretFile.read(link, CRYPTO)) {
      assertArrayEquals(ALICE.exportSeed(), identity.exportSeed());
    }
  }

  @Test
  void saysThatALinkPointsAtNothing() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nothing"));
    FileSystemException e =
        assertThrows(FileSystemException.class, () -> SecretFile.replace(link, ALICE));
    assertEquals(
        "it is a symbolic link to something that does not exist", String.valueOf(e.getReason()));
    assertThrows(NoSuchFileException.class, () -> SecretFile.read(link, CRYPTO));
    assertEquals(List.of("link"), namesInFolder());
  }

  /** An interrupt makes the first write to the new file fail, as a full disk does. */
  @Test
  void leavesNothingOfAFileThatCouldNotBeWritten() throws IOException {
    Path file = folder.resolve("secret");
    interrupted(() -> SecretFile.create(file, ALICE));
    interrupted(() -> SecretFile.replace(file, ALICE));
    interrupted(() -> NetworkKeyFile.create(file, NETWORK));
    interrupted(() -> NetworkKeyFile.replace(file, NETWORK));
    assertEquals(List.of(), namesInFolder());
  }

  @Test
  void leavesAFileAsItWasThatCouldNotBeReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "as it was");
    interrupted(() -> SecretFile.replace(file, ALICE));
    interrupted(() -> NetworkKeyFile.replace(file, NETWORK));
    assertEquals("as it was", Files.readString(file));
    assertEquals(List.of("secret"), namesInFolder());
  }

  private static void interrupted(Executable write) {
    Thread.currentThread().interrupt();
    try {
      assertThrows(ClosedByInterruptException.class, write);
    } finally {
      Thread.interrupted();
    }
  }

  private static void assertNotUsed(Path file, String kind) throws IOException {
    InvalidSecretFileException read =
        assertThrows(InvalidSecretFileException.class, () -> SecretFile.read(file, CRYPTO));
    assertEquals(
        "The key file %s cannot be used: %s, and a key file must be a regular file."
            .formatted(file, kind),
        read.getMessage());
    assertEquals(Optional.empty(), SecretFile.permissionWarning(file));
    Object before = identityOf(file);
    for (Executable replace :
        List.<Executable>of(
            () -> SecretFile.replace(file, ALICE), () -> NetworkKeyFile.replace(file, NETWORK))) {
      FileSystemException e = assertThrows(FileSystemException.class, replace);
      assertEquals(file.toString(), e.getFile());
      assertEquals(kind + ", and only a regular file may be replaced", e.getReason());
    }
    assertEquals(before, identityOf(file));
  }

  private static Object identityOf(Path file) throws IOException {
    return Files.getAttribute(file, "fileKey", LinkOption.NOFOLLOW_LINKS);
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertTrue(process.waitFor(10, SECONDS));
    assertEquals(0, process.exitValue());
  }

  private List<String> namesInFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}
