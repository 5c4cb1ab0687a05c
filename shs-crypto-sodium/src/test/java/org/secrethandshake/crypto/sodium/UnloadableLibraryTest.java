package org.secrethandshake.crypto.sodium;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.testkit.ForkedJava;

/** What a user sees where libsodium does not load: advice, and never a crash. */
class UnloadableLibraryTest {
  private static final String CHOICE =
      "-Dshs.sodium.library chooses the library: bundled, system or a path.";

  @TempDir Path folder;

  @Test
  void saysThatThereIsNoFileOfThatName() throws Exception {
    assertAdvises(run(library(folder.resolve("none.so"))), "There is no libsodium at ", CHOICE);
  }

  @Test
  void saysThatAFileIsNoLibrary() throws Exception {
    Path garbage = Files.writeString(folder.resolve("garbage.so"), "This is no library.");

    assertAdvises(run(library(garbage)), "libsodium was not loaded", "for this system and", CHOICE);
  }

  @Test
  void saysThatALibraryLacksAFunction() throws Exception {
    Path other = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("zip"));
    assumeTrue(Files.exists(other), "no other library is known");

    assertAdvises(run(library(other)), "a function is missing", "older than 1.0.18", CHOICE);
  }

  @Test
  void saysThatTheTemporaryFolderCannotBeUsed() throws Exception {
    // A file in place of a folder stops root too, whom no permission stops.
    Path file = Files.createFile(folder.resolve("file"));

    assertAdvises(run("-Djna.tmpdir=" + file), "JNA did not start", "-Djna.tmpdir");
  }

  @Test
  void saysThatTheTemporaryFolderIsReadOnly() throws Exception {
    Path readOnly = Path.of("/proc/self");
    assumeTrue(Files.exists(readOnly), "no such folder is known");

    assertAdvises(run("-Djna.tmpdir=" + readOnly), "JNA did not start", "-Djna.tmpdir");
  }

  @Test
  void saysThatJnaIsMissing() throws Exception {
    assertAdvises(runWithout("jna"), "JNA was not found", "Add net.java.dev.jna:jna");
  }

  @Test
  void saysThatTheBundleIsMissing() throws Exception {
    assertAdvises(
        runWithout("lazysodium"), "was not unpacked", "com.goterl:lazysodium-java", CHOICE);
  }

  private static void assertAdvises(String output, String... parts) {
    for (String part : parts) {
      assertTrue(output.contains(part), () -> part + " is not in: " + output);
    }
    assertTrue(output.contains("sodium unavailable: "), output);
    assertTrue(output.contains("named: The crypto backend 'sodium' is installed but not"), output);
    assertFalse(output.contains("available after all"), output);
  }

  private static String library(Path path) {
    return "-D" + SodiumCryptoProvider.LIBRARY_PROPERTY + "=" + path;
  }

  private static String run(String option) throws Exception {
    return NativeJava.run(
        option, "-cp", ForkedJava.classPath(entry -> true), Program.class.getName());
  }

  private static String runWithout(String jar) throws Exception {
    return NativeJava.run(
        "-cp",
        ForkedJava.classPath(entry -> !new File(entry).getName().startsWith(jar + "-")),
        Program.class.getName());
  }

  /** Prints what the provider says, and what asking for it by name does. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      CryptoProvider provider = new SodiumCryptoProvider();
      Optional<Throwable> cause = provider.unavailability();
      System.out.println(
          provider.name() + " unavailable: " + cause.map(Throwable::getMessage).orElse("no"));
      if (!cause.equals(provider.unavailability())) {
        throw new AssertionError("the first cause is not remembered");
      }
      provider.description();
      try {
        provider.hash(new byte[0], new byte[32]);
        System.out.println("available after all");
      } catch (CryptoProviderException expected) {
        System.out.println("used: " + expected.getMessage());
      }
      try {
        CryptoProviders.named("sodium");
        System.out.println("available after all");
      } catch (CryptoProviderException expected) {
        System.out.println("named: " + expected.getMessage());
      }
    }
  }
}
