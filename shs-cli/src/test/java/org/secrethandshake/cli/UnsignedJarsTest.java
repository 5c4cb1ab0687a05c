package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TimeZone;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnsignedJarsTest {
  @TempDir private Path folder;

  @Test
  void keepsEveryOtherEntryOfTheJarOfBouncyCastle() throws Exception {
    Path original = jarOfBouncyCastle();
    Path copy = Files.copy(original, folder.resolve("provider.jar"));

    UnsignedJars.main(new String[] {folder.toString()});

    try (JarFile signed = new JarFile(original.toFile(), false);
        JarFile unsigned = new JarFile(copy.toFile())) {
      List<String> kept =
          signed.stream()
              .map(ZipEntry::getName)
              .filter(name -> !name.matches("META-INF/[^/]*\\.(SF|RSA|MF)"))
              .sorted()
              .toList();
      assertEquals(
          kept,
          unsigned.stream()
              .map(ZipEntry::getName)
              .filter(name -> !name.equals(JarFile.MANIFEST_NAME))
              .sorted()
              .toList());
      for (String name : kept) {
        assertArrayEquals(bytes(signed, name), bytes(unsigned, name), name);
      }
      assertEquals(
          signed.getManifest().getMainAttributes(), unsigned.getManifest().getMainAttributes());
      assertEquals(0, unsigned.getManifest().getEntries().size());
      assertEquals(signed.isMultiRelease(), unsigned.isMultiRelease());
      assertNull(unsigned.getJarEntry("META-INF/BCRSA204.SF"));
    }
    assertEquals(List.of(copy), files());
  }

  @Test
  void leavesAJarWithoutASignatureAsItIs() throws Exception {
    Path jar = folder.resolve("plain.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), new Manifest())) {
      out.putNextEntry(new ZipEntry("deep/META-INF/A.SF"));
      out.putNextEntry(new ZipEntry("META-INF/services/A.SF"));
    }
    byte[] before = Files.readAllBytes(jar);

    UnsignedJars.main(new String[] {folder.toString()});

    assertArrayEquals(before, Files.readAllBytes(jar));
  }

  @Test
  void makesTheSameJarInEveryTimeZone() throws Exception {
    TimeZone own = TimeZone.getDefault();
    try {
      assertArrayEquals(unsignedIn("UTC"), unsignedIn("Pacific/Chatham"));
    } finally {
      TimeZone.setDefault(own);
    }
  }

  private byte[] unsignedIn(String zone) throws Exception {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    Path copy = Files.copy(jarOfBouncyCastle(), folder.resolve("provider.jar"));
    UnsignedJars.main(new String[] {folder.toString()});
    byte[] unsigned = Files.readAllBytes(copy);
    Files.delete(copy);
    return unsigned;
  }

  private static Path jarOfBouncyCastle() throws URISyntaxException {
    return Path.of(SHA512Digest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static byte[] bytes(JarFile jar, String name) throws IOException {
    return jar.getInputStream(jar.getEntry(name)).readAllBytes();
  }
}
