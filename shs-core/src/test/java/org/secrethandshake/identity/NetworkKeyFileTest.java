package org.secrethandshake.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.NetworkKey;

class NetworkKeyFileTest {
  /** As npm ssb-caps 1.1.0 states it. */
  private static final String SCUTTLEBUTT = "1KHLiKZvAvjbY1ziZEHMXawbCEIM6qwjCDm3VYRan/s=\n";

  @TempDir private Path folder;

  @Test
  void holdsTheBase64ForItsOwnerOnly() throws IOException {
    Path file = folder.resolve("network");
    NetworkKeyFile.create(file, NetworkKey.SCUTTLEBUTT);
    assertEquals(SCUTTLEBUTT, Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void isNotCreatedOverAnotherFile() throws IOException {
    Path file = Files.writeString(folder.resolve("network"), "as it was");
    FileAlreadyExistsException e =
        assertThrows(
            FileAlreadyExistsException.class,
            () -> NetworkKeyFile.create(file, NetworkKey.SCUTTLEBUTT));
    assertEquals(file.toString(), e.getFile());
    assertEquals("as it was", Files.readString(file));
  }

  @Test
  void replacesAnotherFile() throws IOException {
    Path file = Files.writeString(folder.resolve("network"), "as it was");
    NetworkKey key = NetworkKey.of(new byte[NetworkKey.BYTES]);
    NetworkKeyFile.replace(file, key);
    assertArrayEquals(
        key.exportBytes(), NetworkKey.parse(Files.readString(file).strip()).exportBytes());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }
}
