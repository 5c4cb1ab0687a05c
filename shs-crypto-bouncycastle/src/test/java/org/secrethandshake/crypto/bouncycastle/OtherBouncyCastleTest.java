package org.secrethandshake.crypto.bouncycastle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.ForkedJava;

/** What a user sees whose other dependencies brought another Bouncy Castle, or none. */
class OtherBouncyCastleTest {
  private static final String OLDER = System.getProperty("shs.test.older.bouncycastle");
  private static final String NEEDED = "org.bouncycastle:bcprov-jdk18on in version 1.85 or newer";

  @TempDir private Path folder;

  @Test
  void namesTheOlderVersionFound() throws Exception {
    String output = runWith(ForkedJava.classPath(entry -> !isCurrent(entry)), OLDER);

    assertTrue(
        output.matches(
            "The crypto backend bouncycastle found Bouncy Castle 1\\.78\\.1 \\(the method \\w+ is"
                + " missing\\) and needs "
                + NEEDED
                + "\\. Look for the older one among the dependencies\\."),
        output);
  }

  @Test
  void saysThatThereIsNone() throws Exception {
    String output = runWith(ForkedJava.classPath(entry -> !isCurrent(entry)));

    assertEquals(
        "The crypto backend bouncycastle found no Bouncy Castle. Add " + NEEDED + ".", output);
  }

  @Test
  void blamesTheRuntimeThatLacksAModule() throws Exception {
    String output =
        ForkedJava.run(
            "--limit-modules",
            "java.base",
            "-cp",
            ForkedJava.classPath(entry -> true),
            Program.class.getName());

    assertEquals(
        "The crypto backend bouncycastle cannot be used: This Java runtime lacks the module"
            + " java.logging, which Bouncy Castle needs. An image made by jlink has only the"
            + " modules that it was given: name this one, too, after --add-modules.",
        output);
  }

  @Test
  void doesNotCallANewVersionOldOfWhichAPartIsMissing() throws Exception {
    Path parts = folder.resolve("parts.jar");
    copyWithout("org/bouncycastle/crypto/macs/", currentJar(), parts);

    String output = runWith(ForkedJava.classPath(entry -> !isCurrent(entry)), parts.toString());

    assertTrue(
        output.matches(
            "The crypto backend bouncycastle found Bouncy Castle 1\\.\\d+, but not all of it \\(the"
                + " class org\\.bouncycastle\\.crypto\\.macs\\.\\w+ is missing\\)\\. Look for parts of"
                + " another version among the dependencies\\."),
        output);
  }

  private static File currentJar() {
    return new File(ForkedJava.classPath(OtherBouncyCastleTest::isCurrent));
  }

  /** Copies a jar without a package and without its signatures. */
  private static void copyWithout(String folder, File jar, Path copy) throws IOException {
    try (JarFile from = new JarFile(jar);
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(copy))) {
      for (JarEntry entry : Collections.list(from.entries())) {
        if (!entry.getName().startsWith(folder)
            && !entry.getName().matches("META-INF/.*\\.(SF|DSA|RSA)")) {
          to.putNextEntry(new ZipEntry(entry.getName()));
          from.getInputStream(entry).transferTo(to);
        }
      }
    }
  }

  private static String runWith(String... classPath) throws Exception {
    return ForkedJava.run(
        "-cp", String.join(File.pathSeparator, classPath), Program.class.getName());
  }

  private static boolean isCurrent(String entry) {
    return entry.contains("bcprov");
  }

  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      for (CryptoProvider provider : ServiceLoader.load(CryptoProvider.class)) {
        System.out.println(
            provider.unavailability().map(Throwable::getMessage).orElse("available"));
      }
    }
  }
}
