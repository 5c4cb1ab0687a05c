package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.identity.SecretFile;

class KeygenTest {
  @TempDir private Path folder;

  @Test
  void writesAKeyFileForItsOwnerAloneAndPrintsThePublicKey() throws Exception {
    Path file = folder.resolve("alice");

    Outcome outcome = new TestShell().run("keygen", "--out", file.toString());

    assertEquals(ExitCodes.OK, outcome.exitCode());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    try (IdentityKeyPair alice = SecretFile.read(file, CryptoProviders.named("bouncycastle"))) {
      assertEquals(alice.publicKey() + System.lineSeparator(), outcome.out());
    }
    assertTrue(outcome.err().contains("--key " + file), outcome.err());
  }

  @Test
  void leavesAFileThatExistsAlone() throws Exception {
    Path file = folder.resolve("alice");
    Files.writeString(file, "something else");

    Outcome outcome = new TestShell().run("keygen", "--out", file.toString());

    assertEquals(ExitCodes.USAGE, outcome.exitCode());
    assertEquals("something else", Files.readString(file));
    assertTrue(outcome.err().contains("exists already; --force replaces it"), outcome.err());
  }

  @Test
  void replacesAFileWhenForced() {
    Path file = folder.resolve("alice");
    String first = new TestShell().run("keygen", "--out", file.toString()).out();

    Outcome outcome = new TestShell().run("keygen", "--force", "--out", file.toString());

    assertEquals(ExitCodes.OK, outcome.exitCode());
    assertNotEquals(first, outcome.out());
  }

  @Test
  void saysWhichFolderIsMissing() {
    Path file = folder.resolve("none").resolve("alice");

    Outcome outcome = new TestShell().run("keygen", "--out", file.toString());

    assertEquals(ExitCodes.USAGE, outcome.exitCode());
    assertEquals("shs: The folder for the key file " + file + " does not exist.\n", outcome.err());
  }
}
