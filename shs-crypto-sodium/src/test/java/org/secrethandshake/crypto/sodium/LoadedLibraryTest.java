package org.secrethandshake.crypto.sodium;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.secrethandshake.spi.CryptoProvider;
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
    assertTrue(describe("-Djna.tmpdir=" + folder).endsWith(Program.NOTHING_LEFT));
  }

  /** Each with classes of its own, in which nothing is loaded yet. */
  @ParameterizedTest
  @EnumSource
  void isLoadedByWhateverIsAskedForFirst(Operation operation) throws Exception {
    URL classes = SodiumCryptoProvider.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader anew = new Anew(classes)) {
      Class<?> type = anew.loadClass(SodiumCryptoProvider.class.getName());
      assertNotSame(SodiumCryptoProvider.class, type);
      CryptoProvider provider = (CryptoProvider) type.getConstructor().newInstance();
      assertDoesNotThrow(() -> operation.run(provider));
    }
  }

  /** Loads the classes of this backend again. */
  private static final class Anew extends URLClassLoader {
    Anew(URL classes) {
      super(new URL[] {classes}, LoadedLibraryTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (!name.startsWith(SodiumCryptoProvider.class.getPackageName())) {
          return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
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

  /** Prints what is loaded, and what is left of what was unpacked while it runs. */
  static final class Program {
    static final String NOTHING_LEFT = "; left: []";

    private Program() {}

    public static void main(String[] arguments) throws IOException {
      System.out.print(new SodiumCryptoProvider().description());
      String folder = System.getProperty("jna.tmpdir");
      if (folder != null) {
        try (Stream<Path> left = Files.list(Path.of(folder))) {
          System.out.print("; left: " + left.toList());
        }
      }
    }
  }
}
