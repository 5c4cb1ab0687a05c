package org.secrethandshake.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a target writes to again and again. Only its owner can read it, like a key file. */
public final class ScratchFile {
  private ScratchFile() {}

  /** Creates an empty file in a folder of its own. */
  public static Path create(String name) {
    try {
      Path folder = Files.createTempDirectory("shs-fuzz");
      Path file = Files.createTempFile(folder, name, "");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
