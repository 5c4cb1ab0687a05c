package org.secrethandshake.benchmarks.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A temporary folder, deleted with all that is in it when it is closed.
 *
 * @param folder where it is
 */
public record TemporaryFolder(Path folder) implements AutoCloseable {
  /** Creates one where the system keeps them. */
  public static TemporaryFolder create() {
    try {
      return new TemporaryFolder(Files.createTempDirectory("shs-benchmarks"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The place of a file in it. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Deletes it. */
  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // What a killed program still holds open stays for the system to clear.
    }
  }
}
