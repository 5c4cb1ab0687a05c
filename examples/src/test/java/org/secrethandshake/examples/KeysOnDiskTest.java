package org.secrethandshake.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.identity.InvalidSecretFileException;

class KeysOnDiskTest {
  @TempDir Path folder;

  @Test
  void areTheSameAtTheNextStart() throws IOException {
    Path secret = folder.resolve("secret");
    Path network = folder.resolve("network");
    NetworkKey firstNetwork = KeysOnDisk.network(network, Served.CRYPTO);
    try (IdentityKeyPair first = KeysOnDisk.identity(secret, Served.CRYPTO);
        IdentityKeyPair second = KeysOnDisk.identity(secret, Served.CRYPTO)) {
      assertEquals(first.publicKey(), second.publicKey());
    }
    assertArrayEquals(
        firstNetwork.exportBytes(), KeysOnDisk.network(network, Served.CRYPTO).exportBytes());
  }

  @Test
  void areForTheirOwnerOnly() throws IOException {
    KeysOnDisk.identity(folder.resolve("secret"), Served.CRYPTO).close();
    KeysOnDisk.network(folder.resolve("network"), Served.CRYPTO);
    for (String name : new String[] {"secret", "network"}) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))));
    }
  }

  @Test
  void areNotReplacedIfTheyCannotBeRead() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "damaged");
    assertThrows(
        InvalidSecretFileException.class, () -> KeysOnDisk.identity(secret, Served.CRYPTO));
    assertEquals("damaged", Files.readString(secret));
    Path network = Files.writeString(folder.resolve("network"), "damaged");
    assertThrows(IllegalArgumentException.class, () -> KeysOnDisk.network(network, Served.CRYPTO));
    assertEquals("damaged", Files.readString(network));
  }
}
