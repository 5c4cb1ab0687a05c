package org.secrethandshake.benchmarks.beside;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of the JavaScript reference's scripts. */
final class Interop {
  static final String BENCH = "bench.js";
  static final String THROUGHPUT = "throughput.js";

  private static final String NAME = "interop";

  private Interop() {}

  /** Looks at the folder given, else at {@code interop} here and beside or above our jar. */
  static Optional<Path> find(@Nullable Path given) {
    Stream<Path> candidates =
        given != null
            ? Stream.of(given)
            : Stream.concat(Stream.of(Path.of("")), ourAncestors())
                .map(folder -> folder.resolve(NAME));
    return candidates
        .filter(folder -> Files.isRegularFile(folder.resolve(THROUGHPUT)))
        .map(Path::toAbsolutePath)
        .findFirst();
  }

  private static Stream<Path> ourAncestors() {
    CodeSource source = Interop.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return Stream.empty();
    }
    try {
      Path jar = Path.of(source.getLocation().toURI());
      return Stream.<Path>iterate(jar, folder -> folder != null, Path::getParent);
    } catch (URISyntaxException e) {
      return Stream.empty();
    }
  }
}
