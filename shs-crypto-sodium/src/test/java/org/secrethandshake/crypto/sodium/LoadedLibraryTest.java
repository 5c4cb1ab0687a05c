package org.secrethandshake.crypto.sodium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.testkit.ForkedJava;

/** What a user is told about the libsodium that was loaded. */
class LoadedLibraryTest {
  private static final String VERSION = "\\d+\\.\\d+\\.\\d+";
  private static final String JNA = "\\), through JNA " + VERSION + " \\(b\\d+\\)";
  private static final String IN_JAVA = "; boxes of up to \\d+ bytes in Java";

  @TempDir Path folder;

  @Test
  void namesTheBundledOneAndItsVersion() throws Exception {
    assertSays(
        "libsodium "
            + VERSION
            + " \\(bundled, "
            + Platforms.bundledResource()
            + " of lazysodium-java"
            + JNA
            + IN_JAVA,
        describe());
  }

  @Test
  void namesTheFileThatWasChosenAndWhoMakesAllBoxes() throws Exception {
    Path chosen = folder.resolve("chosen.so");
    try (InputStream in =
        getClass().getClassLoader().getResourceAsStream(Platforms.bundledResource())) {
      Files.copy(in, chosen);
    }
    assertSays(
        "libsodium " + VERSION + " \\(chosen, " + chosen.toRealPath() + JNA,
        describe("-Dshs.sodium.library=" + chosen, "-Dshs.sodium.boxes=native"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void namesTheFileThatTheSystemFound() throws Exception {
    String said = describe("-Dshs.sodium.library=system");
    assumeTrue(
        Installed.REQUIRED || !said.endsWith("not available"),
        "skipped: no libsodium is installed");
    assertSays(
        "libsodium " + VERSION + " \\(system, /.*/libsodium\\.so[.\\d]*" + JNA + IN_JAVA, said);
  }

  /** On Windows a loaded file cannot be deleted. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void leavesNothingThatItUnpackedBehind() throws Exception {
    describe("-Djna.tmpdir=" + folder);
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private static void assertSays(String expected, String said) {
    assertTrue(said.matches(expected), () -> said + " is not " + expected);
  }

  private static String describe(String... options) throws Exception {
    List<String> arguments = new ArrayList<>(Arrays.asList(options));
    arguments.add("-cp");
    arguments.add(ForkedJava.classPath(entry -> true));
    arguments.add(Program.class.getName());
    return ForkedJava.run(arguments.toArray(String[]::new));
  }

  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      System.out.println(new SodiumCryptoProvider().description());
    }
  }
}
