package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.identity.SecretFile;

class KeygenTest {
  private static final String KEY = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

  @TempDir private Path folder;

  @Test
  void writesAKeyFileForItsOwnerOnlyAndPrintsThePublicKey() throws Exception {
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

  @Test
  void replacesNothingButARegularFile() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());

    Outcome identity = new TestShell().run("keygen", "--force", "--out", pipe.toString());
    Outcome network =
        new TestShell().run("keygen", "--network", "--force", "--out", pipe.toString());
    Outcome directory = new TestShell().run("keygen", "--force", "--out", folder.toString());

    String refusal =
        "shs: The key file %s cannot be used: it is %s, and only a regular file may be replaced.\n";
    assertEquals(refusal.formatted(pipe, "a pipe (FIFO)"), identity.err());
    assertEquals(refusal.formatted(pipe, "a pipe (FIFO)"), network.err());
    assertEquals(refusal.formatted(folder, "a directory"), directory.err());
    assertEquals(ExitCodes.USAGE, identity.exitCode());
    assertEquals(ExitCodes.USAGE, network.exitCode());
    assertEquals(ExitCodes.USAGE, directory.exitCode());
    assertFalse(Files.isRegularFile(pipe));
  }

  @Test
  void printsANetworkKey() {
    Outcome first = new TestShell().run("keygen", "--network");
    Outcome second = new TestShell().run("keygen", "--network");

    assertEquals(ExitCodes.OK, first.exitCode());
    assertEquals(32, NetworkKey.parse(first.out().strip()).exportBytes().length);
    assertEquals(45, first.out().length(), "one line of base64");
    assertNotEquals(first.out(), second.out());
    assertEquals("", first.err());
  }

  @Test
  void writesANetworkKeyForItsOwnerOnlyThatTheOptionNetworkReads() throws Exception {
    Path file = folder.resolve("network");

    Outcome outcome = new TestShell().run("keygen", "--network", "--out", file.toString());

    assertEquals(ExitCodes.OK, outcome.exitCode());
    assertEquals("", outcome.out());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(outcome.err().contains("--network @" + file), outcome.err());
    assertFalse(outcome.err().contains(Files.readString(file).strip()), outcome.err());
    Outcome used =
        new TestShell().run("connect", "net:127.0.0.1:1~shs:" + KEY, "--network", "@" + file);
    assertEquals(ExitCodes.NO_CONNECTION, used.exitCode(), used.err());
  }

  @Test
  void leavesANetworkKeyThatExistsAlone() throws Exception {
    Path file = Files.writeString(folder.resolve("network"), "as it was");

    Outcome outcome = new TestShell().run("keygen", "--network", "--out", file.toString());

    assertEquals(ExitCodes.USAGE, outcome.exitCode());
    assertEquals("as it was", Files.readString(file));
    assertTrue(outcome.err().contains("exists already; --force replaces it"), outcome.err());
  }

  @Test
  void needsAFileToReplaceForANetworkKey() {
    Outcome outcome = new TestShell().run("keygen", "--network", "--force");

    assertEquals(ExitCodes.USAGE, outcome.exitCode());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().contains("it needs --out FILE"), outcome.err());
  }

  @Test
  void saysThatStandardOutputDidNotTakeTheKey() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    Path file = folder.resolve("alice");

    Outcome network = new TestShell().out(full).run("keygen", "--network");
    Outcome identity = new TestShell().out(full).run("keygen", "--out", file.toString());

    String sentence = "Standard output did not take the key: No space left on device.\n";
    assertEquals(ExitCodes.STREAM_CUT, network.exitCode());
    assertEquals("shs: " + sentence, network.err());
    assertEquals(ExitCodes.STREAM_CUT, identity.exitCode());
    assertTrue(identity.err().endsWith(sentence), identity.err());
    assertTrue(identity.err().contains("the key file is " + file), identity.err());
  }
}
