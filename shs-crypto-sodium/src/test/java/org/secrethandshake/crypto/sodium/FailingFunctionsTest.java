package org.secrethandshake.crypto.sodium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.testkit.ForkedJava;

/**
 * What becomes of an operation whose function fails. Libsodium's do not, so the machine code of the
 * bundled one is altered: each function returns 7 and does nothing else.
 */
class FailingFunctionsTest {
  private static final List<Operation> MAY_FAIL =
      Stream.of(Operation.values()).filter(operation -> !operation.purpose.isEmpty()).toList();

  /** {@code mov eax, 7; ret}. */
  private static final byte[] RETURNS_7 = HexFormat.of().parseHex("b807000000c3");

  @TempDir Path folder;

  @Test
  void areAnErrorThatSaysWhatFailed() throws Exception {
    assumeTrue(Platform.RESOURCE_PREFIX.equals("linux-x86-64"), "skipped: other machine code");
    String output =
        ForkedJava.run(
            "-D" + SodiumCryptoProvider.LIBRARY_PROPERTY + "=" + altered(),
            "-D" + SodiumCryptoProvider.BOXES_PROPERTY + "=native",
            "-cp",
            ForkedJava.classPath(entry -> true),
            Program.class.getName());
    List<String> expected =
        MAY_FAIL.stream()
            .map(
                operation ->
                    "The crypto backend sodium failed to %s: libsodium returned 7."
                        .formatted(operation.purpose))
            .toList();
    assertEquals(expected, output.lines().toList());
  }

  private Path altered() throws IOException {
    Path original = folder.resolve("original.so");
    try (InputStream bundled =
        getClass().getClassLoader().getResourceAsStream(Platforms.bundledResource())) {
      Files.copy(bundled, original);
    }
    byte[] code = Files.readAllBytes(original);
    try (NativeLibrary library = NativeLibrary.getInstance(original.toString())) {
      for (Operation operation : MAY_FAIL) {
        long address = Pointer.nativeValue(library.getFunction(operation.function));
        System.arraycopy(RETURNS_7, 0, code, positionInFile(address), RETURNS_7.length);
      }
    }
    return Files.write(folder.resolve("altered.so"), code);
  }

  /** Lines of the list of mappings are "from-to mode offset ...", in hexadecimal. */
  private static int positionInFile(long address) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines
          .map(line -> line.split("[- ]", 3))
          .filter(columns -> number(columns[0]) - address <= 0 && address - number(columns[1]) < 0)
          .mapToInt(
              columns -> (int) (address - number(columns[0]) + number(columns[2].split(" ")[1])))
          .findFirst()
          .orElseThrow();
    }
  }

  private static long number(String hexadecimal) {
    return Long.parseUnsignedLong(hexadecimal, 16);
  }

  /** Prints the error of each operation. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      SodiumCryptoProvider provider = new SodiumCryptoProvider();
      for (Operation operation : MAY_FAIL) {
        try {
          operation.run(provider);
          System.out.println(operation + " did not fail");
        } catch (CryptoProviderException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }
}
