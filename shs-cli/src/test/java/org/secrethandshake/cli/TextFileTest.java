package org.secrethandshake.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The timeout is for files that never end. */
@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
class TextFileTest {
  private static final String PUBLIC_KEY = "@11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=.ed25519";
  private static final int MAX_BYTES = 64 * 1024;

  @TempDir private Path folder;

  @Test
  void takesWhiteSpaceOffTheText() throws Exception {
    Path file = Files.writeString(folder.resolve("text"), "\t net:h:1 \r\n\n");
    assertEquals("net:h:1", TextFile.resolve("@" + file));
  }

  @Test
  void doesNotTakeAPublicKeyForTheNameOfAFile() throws Exception {
    assertFalse(TextFile.isNamedBy(PUBLIC_KEY));
    assertEquals(PUBLIC_KEY, TextFile.resolve(PUBLIC_KEY));
    assertTrue(TextFile.isNamedBy("@./" + PUBLIC_KEY.substring(1)));
  }

  @Test
  void saysThatAPublicKeyIsNotAnAddress() {
    Outcome outcome = new TestShell().run("connect", PUBLIC_KEY);

    assertEquals(ExitCodes.USAGE, outcome.exitCode());
    assertTrue(outcome.err().contains("it is a public key"), outcome.err());
    assertTrue(outcome.err().contains("net:HOST:PORT~shs:KEY"), outcome.err());
  }

  @Test
  void readsAPipeToItsEnd() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try {
                Files.writeString(pipe, "through a pipe\n");
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    assertEquals("through a pipe", TextFile.resolve("@" + pipe));
    writer.get(10, SECONDS);
  }

  @Test
  void saysThatAFileIsTooLargeInsteadOfReadingAPartOfIt() throws Exception {
    Path file = Files.writeString(folder.resolve("large"), "a" + " ".repeat(MAX_BYTES - 1));
    assertEquals("a", TextFile.resolve("@" + file));
    Files.writeString(file, "a" + " ".repeat(MAX_BYTES));
    assertRefused(
        file, "it is larger than 65536 bytes or has no end; an address or a key is much shorter");
  }

  @Test
  void refusesAFileWithoutEnd() {
    Path file = Path.of("/dev/zero");
    assumeTrue(Files.exists(file), "skipped: there is no /dev/zero");
    assertRefused(
        file, "it is larger than 65536 bytes or has no end; an address or a key is much shorter");
  }

  @Test
  void refusesADirectory() {
    assertRefused(folder, "it is a directory");
  }

  @Test
  void namesAByteOrderMark() throws Exception {
    Path file = Files.writeString(folder.resolve("bom"), "\ufeffnet:h:1");
    assertRefused(
        file, "it begins with a byte order mark; save it as UTF-8 without one (without BOM)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "x-UTF-16LE-BOM"})
  void namesUtf16(String charset) throws Exception {
    Path file = Files.writeString(folder.resolve("wide"), "net:h:1", Charset.forName(charset));
    assertRefused(
        file, "it is UTF-16 or is not text at all; save it as UTF-8 without byte order mark");
  }

  @Test
  void refusesBytesThatAreNotText() throws Exception {
    Path file = Files.write(folder.resolve("bytes"), new byte[] {'n', (byte) 0xc3, '('});
    assertRefused(
        file, "it is UTF-16 or is not text at all; save it as UTF-8 without byte order mark");
  }

  @Test
  void saysThatTheNameIsMissing() {
    Failure e = assertThrows(Failure.class, () -> TextFile.resolve("@"));
    assertEquals("The name of a file is missing after the @.", e.getMessage());
  }

  private static void assertRefused(Path file, String reason) {
    Failure e = assertThrows(Failure.class, () -> TextFile.resolve("@" + file));
    assertEquals("The file " + file + " cannot be used: " + reason + ".", e.getMessage());
    assertEquals(ExitCodes.USAGE, e.exitCode());
  }
}
