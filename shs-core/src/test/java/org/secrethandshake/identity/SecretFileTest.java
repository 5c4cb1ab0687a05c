package org.secrethandshake.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.spi.CryptoProvider;

class SecretFileTest {
  private static final CryptoProvider CRYPTO = CryptoProviders.onlyInstalled();
  private static final IdentityKeyPair ALICE = IdentityKeyPair.generate(CRYPTO);
  private static final IdentityKeyPair BOB = IdentityKeyPair.generate(CRYPTO);

  private final Path folder;

  SecretFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void readsWhatItCreated() throws IOException {
    Path file = folder.resolve("secret");
    SecretFile.create(file, ALICE);
    assertHolds(file, ALICE);
  }

  /**
   * Made for this test by {@code require('ssb-keys').createSync(path, 'ed25519')} of these versions
   * of npm ssb-keys; the keys are those that version 8.5.0 loads from them. The id is a hash in
   * 1.0.0 and has no {@code @} in 2.1.0.
   */
  @ParameterizedTest
  @CsvSource({
    "1.0.0, @bcJoyX53IQlkfTVIqHxWsuEiPn0l5AHcPe5fkXRGngo=.ed25519",
    "2.1.0, @5OvqMr1u2kBYCz2aCrHSan9+I4cZNXsVqdAf0xfNWzM=.ed25519",
    "4.0.10, @akVRU7vBCjhH0cjyzIhTBMRtqnmgVCQwotA8i7dJy3Q=.ed25519",
    "8.5.0, @3k0tFeVhJEgWr2eWUGzzYw0uHawDXhYssBuSDMyKCJc=.ed25519",
  })
  void readsFilesOfSsbKeys(String version, String publicKey) throws IOException {
    Path file = folder.resolve("secret");
    SecretFile.create(file, ALICE);
    String sample = "ssb-keys-" + version + ".secret";
    try (InputStream in = SecretFileTest.class.getResourceAsStream(sample)) {
      Files.write(file, in.readAllBytes());
    }
    try (IdentityKeyPair identity = SecretFile.read(file, CRYPTO)) {
      assertEquals(publicKey, identity.publicKey().toString());
    }
  }

  @Test
  void createsFilesThatOnlyTheirOwnerMayRead() throws IOException {
    assumePosix();
    Path file = folder.resolve("secret");
    SecretFile.create(file, ALICE);
    assertEquals("rw-------", mode(file));
    SecretFile.replace(file, BOB);
    assertEquals("rw-------", mode(file));
    assertEquals(Optional.empty(), SecretFile.permissionWarning(file));
  }

  @Test
  void doesNotCreateOverAnExistingFile() throws IOException {
    Path file = folder.resolve("secret");
    SecretFile.create(file, ALICE);
    FileAlreadyExistsException e =
        assertThrows(FileAlreadyExistsException.class, () -> SecretFile.create(file, BOB));
    assertEquals(file.toString(), e.getFile());
    assertHolds(file, ALICE);
  }

  @Test
  void replacesAFileThatExistsOrNot() throws IOException {
    Path file = folder.resolve("secret");
    SecretFile.replace(file, ALICE);
    assertHolds(file, ALICE);
    SecretFile.replace(file, BOB);
    assertHolds(file, BOB);
    assertEquals(List.of("secret"), namesInFolder());
  }

  @Test
  void replacesAFileInTheWorkingFolder() throws IOException {
    Path file = Path.of("secret-" + System.nanoTime());
    try {
      SecretFile.replace(file, ALICE);
      assertHolds(file, ALICE);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Test
  void replacesWhatALinkPointsAt() throws IOException {
    Path file = folder.resolve("secret");
    Path link = folder.resolve("link");
    SecretFile.create(file, ALICE);
    Files.createSymbolicLink(link, file);
    SecretFile.replace(link, BOB);
    assertTrue(Files.isSymbolicLink(link));
    assertHolds(file, BOB);
  }

  @Test
  void writesNothingForAClosedIdentity() throws IOException {
    IdentityKeyPair closed = IdentityKeyPair.generate(CRYPTO);
    closed.close();
    Path file = folder.resolve("secret");
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> SecretFile.create(file, closed));
    assertEquals("this identity is closed and its seed is wiped", e.getMessage());
    assertEquals(List.of(), namesInFolder());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
  void warnsOfAFileThatIsOpenToOthers(String mode) throws IOException {
    assumePosix();
    Path file = folder.resolve("secret");
    SecretFile.create(file, ALICE);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    String warning =
        "The key file %s is open to other users (%s), and whoever reads it can act as its owner. Run: chmod 600 %s"
            .formatted(file, mode, file);
    assertEquals(Optional.of(warning), SecretFile.permissionWarning(file));
    assertEquals(List.of("WARNING " + warning), logOf(() -> assertHolds(file, ALICE)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"r--------", "rw-------", "rwx--x--x"})
  void doesNotWarnOfAFileThatOnlyItsOwnerCanRead(String mode) throws IOException {
    assumePosix();
    Path file = folder.resolve("secret");
    SecretFile.create(file, ALICE);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    assertEquals(List.of(), logOf(() -> assertHolds(file, ALICE)));
  }

  @Test
  void worksOnAFileSystemWithoutPosixPermissions() throws IOException {
    URI archive = URI.create("jar:" + folder.resolve("archive.zip").toUri());
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      assertFalse(zip.supportedFileAttributeViews().contains("posix"));
      Path file = zip.getPath("secret");
      SecretFile.create(file, ALICE);
      assertHolds(file, ALICE);
      SecretFile.replace(file, BOB);
      assertHolds(file, BOB);
      assertEquals(Optional.empty(), SecretFile.permissionWarning(file));
    }
  }

  @Test
  void reportsAMissingFileAsMissing() {
    Path file = folder.resolve("secret");
    NoSuchFileException e =
        assertThrows(NoSuchFileException.class, () -> SecretFile.read(file, CRYPTO));
    assertEquals(file.toString(), e.getFile());
  }

  private interface Action {
    void run() throws IOException;
  }

  private static List<String> logOf(Action action) throws IOException {
    List<String> lines = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            lines.add(entry.getLevel() + " " + entry.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(SecretFile.class.getName());
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.ALL);
    logger.addHandler(handler);
    try {
      action.run();
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
    return lines;
  }

  private static void assertHolds(Path file, IdentityKeyPair expected) throws IOException {
    try (IdentityKeyPair identity = SecretFile.read(file, CRYPTO)) {
      assertEquals(expected.publicKey(), identity.publicKey());
      assertArrayEquals(expected.exportSeed(), identity.exportSeed());
    }
  }

  private List<String> namesInFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  private void assumePosix() {
    assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "skipped: this file system has no POSIX permissions");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
