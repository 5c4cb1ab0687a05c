package org.secrethandshake.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which of the standard streams the process was started without.
 *
 * <p>The number of a closed descriptor goes to the next file that is opened, and the first one is
 * the JVM's own: its class library, then the jars of the class path. Standard input would hold
 * those, and a later socket could become standard error. So a descriptor counts as closed if there
 * is none, or if it is a file that the JVM uses and holds only once: had the user redirected that
 * file, the JVM would hold it a second time.
 *
 * <p>This needs the folder {@code /dev/fd}, which Linux, macOS and the BSDs have; the start script
 * tells which descriptors are closed on every system. Without both, all count as open.
 */
final class StandardStreams {
  private static final Path DESCRIPTORS = Path.of("/dev/fd");
  private static final Path NULL_DEVICE = Path.of("/dev/null");

  /** Held to the end, so that no file or socket takes the number of a standard stream. */
  private static final List<FileInputStream> PLUGS = new ArrayList<>();

  private StandardStreams() {}

  /** Returns the streams that are closed, and keeps their numbers from being used. */
  static Set<Shell.Stream> closed() {
    Set<Shell.Stream> closed = EnumSet.noneOf(Shell.Stream.class);
    if (Files.isDirectory(DESCRIPTORS)) {
      for (Shell.Stream stream : Shell.Stream.values()) {
        Path descriptor = DESCRIPTORS.resolve(Integer.toString(stream.descriptor()));
        if (!Files.exists(descriptor) || isOfTheJvm(descriptor)) {
          closed.add(stream);
        }
      }
    }
    plug();
    return closed;
  }

  /** Read-only, so that writing fails as it does with a closed descriptor. */
  private static void plug() {
    try {
      while (PLUGS.size() < Shell.Stream.values().length && Files.exists(NULL_DEVICE)) {
        PLUGS.add(new FileInputStream(NULL_DEVICE.toFile()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOfTheJvm(Path descriptor) {
    return filesOfTheJvm().anyMatch(file -> isSame(descriptor, file) && isHeldOnce(file));
  }

  private static Stream<Path> filesOfTheJvm() {
    Path library = Path.of(System.getProperty("java.home"), "lib", "modules");
    String separator = System.getProperty("path.separator");
    Stream<Path> classPath =
        Stream.of(System.getProperty("java.class.path", "").split(separator))
            .flatMap(StandardStreams::path);
    return Stream.concat(Stream.of(library), classPath).filter(Files::isRegularFile);
  }

  private static Stream<Path> path(String name) {
    try {
      return Stream.of(Path.of(name));
    } catch (InvalidPathException e) {
      return Stream.empty();
    }
  }

  /** Jars are opened when they are first needed; the search for what is in none opens all. */
  private static boolean isHeldOnce(Path file) {
    ClassLoader.getSystemResource(StandardStreams.class.getName());
    try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
      return descriptors.filter(descriptor -> isSame(descriptor, file)).count() == 1;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isSame(Path descriptor, Path file) {
    try {
      return Files.isSameFile(descriptor, file);
    } catch (IOException e) {
      return false;
    }
  }
}
