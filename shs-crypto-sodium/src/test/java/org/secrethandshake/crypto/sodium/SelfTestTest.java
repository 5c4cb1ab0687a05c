package org.secrethandshake.crypto.sodium;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.testkit.ForkedJava;

/**
 * A libsodium that loads, and computes something else, is not used: one bit of a constant is turned
 * in the file.
 */
class SelfTestTest {
  // FIPS 180-4, sections 4.2.2 and 4.2.3: the constants of rounds 16 and 17, as they lie in memory.
  // Those of earlier rounds may be parts of instructions.
  private static final String SHA_256 = "c1699be48647beef";
  private static final String SHA_512 = "d24af19ec1699be4e3254f388647beef";

  @TempDir private Path folder;

  @Test
  void namesTheAlgorithmWhoseAnswerIsWrong() throws Exception {
    assertSays(
        withoutOneBitOf(SHA_256),
        "The self-test of the crypto backend sodium failed: SHA-256 gives another answer than its"
            + " specification. Found: libsodium ");
  }

  @Test
  void refusesALibraryThatIsWrongAboutAKnownSignature() throws Exception {
    assertSays(
        withoutOneBitOf(SHA_512),
        "The self-test of the crypto backend sodium failed: it is wrong about a known key or"
            + " signature.");
  }

  private static void assertSays(Path library, String sentence) throws Exception {
    String output =
        ForkedJava.run(
            "-D" + SodiumCryptoProvider.LIBRARY_PROPERTY + "=" + library,
            "-cp",
            ForkedJava.classPath(entry -> true),
            Program.class.getName());
    assertTrue(output.contains(sentence), output);
  }

  private Path withoutOneBitOf(String constant) throws IOException {
    assumeTrue(Platform.isLinux(), "elsewhere an altered library may not be loaded at all");
    byte[] library;
    try (InputStream bundled =
        Objects.requireNonNull(
            SelfTestTest.class.getClassLoader().getResourceAsStream(Platforms.bundledResource()))) {
      library = bundled.readAllBytes();
    }
    byte[] wanted = HexFormat.of().parseHex(constant);
    int at = 0;
    while (!Arrays.equals(library, at, at + wanted.length, wanted, 0, wanted.length)) {
      at++;
    }
    library[at] ^= 1;
    return Files.write(folder.resolve("altered"), library);
  }

  /** Prints what the provider says. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      System.out.println(
          new SodiumCryptoProvider()
              .unavailability()
              .map(Throwable::getMessage)
              .orElse("available"));
    }
  }
}
