package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.secrethandshake.NetworkKey;
import org.secrethandshake.fuzz.ScratchFile;
import org.secrethandshake.fuzz.Secrecy;
import org.secrethandshake.identity.NetworkKeyFile;

/**
 * Any bytes as a file that {@code --network @FILE} names: a key, or a refusal without its bytes.
 */
class NetworkKeyFileFuzzTest {
  private static final Path FILE = ScratchFile.create("network");
  private static final Path COPY = FILE.resolveSibling("copy");

  static Stream<byte[]> seeds() throws IOException {
    NetworkKeyFile.replace(FILE, NetworkKey.SCUTTLEBUTT);
    String written = Files.readString(FILE);
    return Stream.of(
            written,
            "  " + written.strip() + "\r\n",
            "d4a1cb88a66f02f8db635ce26441cc5dac1b08420ceaac230839b755845a9ffb",
            "\ufeff" + written,
            "\0" + written,
            written + written)
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void isAKeyOrAnError(byte[] bytes) throws IOException {
    Files.write(FILE, bytes);
    String text;
    try {
      text = TextFile.resolve("@" + FILE);
    } catch (Failure e) {
      assertEquals(ExitCodes.USAGE, e.exitCode());
      String beginning = "The file " + FILE + " cannot be used: ";
      assertTrue(e.getMessage().startsWith(beginning), e.getMessage());
      Secrecy.assertRepeatsNoSecret(
          e.getMessage().substring(beginning.length()),
          new String(bytes, StandardCharsets.ISO_8859_1));
      return;
    }
    String content = new String(bytes, StandardCharsets.UTF_8);
    assertEquals(content.strip(), text);
    assertFalse(content.startsWith("\ufeff"), "a byte order mark was overlooked");
    try {
      NetworkKey key = NetworkKey.parse(text);
      NetworkKeyFile.replace(COPY, key);
      NetworkKey copy = NetworkKey.parse(TextFile.resolve("@" + COPY));
      assertArrayEquals(key.exportBytes(), copy.exportBytes());
    } catch (IllegalArgumentException e) {
      Secrecy.assertRepeatsNoSecret(e.getMessage(), text);
    } catch (Failure e) {
      throw new AssertionError("a file of our own is refused", e);
    }
  }
}
