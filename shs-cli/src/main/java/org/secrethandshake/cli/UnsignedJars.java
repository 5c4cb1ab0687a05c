package org.secrethandshake.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.Month;
import java.util.Enumeration;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * Takes the signatures out of the jars in a folder; the start script does so with its own copies,
 * and the build with those that are packaged.
 *
 * <p>Java checks a signed jar on the class path against the certificate that lies in it, whoever
 * made that. This finds no forger, and damage is found by the checksums of the jar's entries; but
 * Bouncy Castle's 6,000 signed entries cost each start more than all of its other classes, and Java
 * keeps no class of a signed jar in an archive for quick starts.
 */
public final class UnsignedJars {
  private static final String META_INF = "META-INF/";
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final LocalDateTime TIME_OF_ENTRIES =
      LocalDateTime.of(1980, Month.FEBRUARY, 1, 0, 0);

  private UnsignedJars() {}

  /** Expects the folder. */
  public static void main(String[] arguments) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(arguments[0]), "*.jar")) {
      for (Path jar : jars) {
        removeSignatures(jar);
      }
    }
  }

  /** Leaves a jar without a signature as it is, and replaces one with a signature as a whole. */
  static void removeSignatures(Path jar) throws IOException {
    Path next = jar.resolveSibling(jar.getFileName() + ".next");
    // Nothing is verified: no entry is read through the signature.
    try (JarFile signed = new JarFile(jar.toFile(), false)) {
      if (signed.stream().noneMatch(entry -> isSignature(entry.getName()))) {
        return;
      }
      try (OutputStream file =
          new BufferedOutputStream(Files.newOutputStream(next), BUFFER_BYTES)) {
        copy(signed, file);
      }
    }
    Files.move(next, jar, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void copy(JarFile signed, OutputStream file) throws IOException {
    Manifest manifest = new Manifest();
    // The sections for single entries hold their digests.
    manifest.getMainAttributes().putAll(signed.getManifest().getMainAttributes());
    try (JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(entry(JarFile.MANIFEST_NAME));
      manifest.write(out);
      Enumeration<JarEntry> entries = signed.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        if (!isSignature(entry.getName()) && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
          out.putNextEntry(stored(entry));
          signed.getInputStream(entry).transferTo(out);
        }
      }
    }
  }

  /**
   * As old as all others, so that the same jar becomes the same one everywhere: a zip file keeps
   * the time of a clock on the wall, which Java takes for one in its own time zone.
   */
  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME_OF_ENTRIES);
    return entry;
  }

  /** The same entry, not compressed: that is quicker to write and to read. */
  private static ZipEntry stored(ZipEntry entry) {
    ZipEntry stored = entry(entry.getName());
    stored.setMethod(ZipEntry.STORED);
    stored.setSize(entry.getSize());
    stored.setCrc(entry.getCrc());
    return stored;
  }

  private static boolean isSignature(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.startsWith(META_INF)
        && upper.indexOf('/', META_INF.length()) < 0
        && (upper.endsWith(".SF")
            || upper.endsWith(".RSA")
            || upper.endsWith(".DSA")
            || upper.endsWith(".EC"));
  }
}
