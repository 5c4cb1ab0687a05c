package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What some tests need and the repository does not hold.
 *
 * <p>Where it is missing they are skipped, with one line on standard output that says so; and where
 * the environment variable {@code SHS_REQUIRE} names it (separated by commas), that line is a
 * failure.
 */
public enum Requirement {
  /** Node and the packages of the reference. */
  NODE("node") {
    @Override
    Optional<String> lack() {
      if (!isOnPath("node")) {
        return Optional.of("no program 'node' is on the PATH");
      }
      return Files.isDirectory(Project.INTEROP.resolve("node_modules"))
          ? Optional.empty()
          : Optional.of("the reference is not installed (run 'npm ci' in interop/)");
    }
  },

  /** Chromium, and the bundle of the page in interop/browser. */
  CHROMIUM("chromium") {
    @Override
    Optional<String> lack() {
      if (!isOnPath("chromium")) {
        return Optional.of("no program 'chromium' is on the PATH");
      }
      return Files.exists(Project.INTEROP.resolve("browser/target/page.js"))
          ? Optional.empty()
          : Optional.of(
              "the page is not bundled (run 'npm ci' and 'npm run bundle' in interop/browser/)");
    }
  },

  /** The folder of published vectors, from {@code -Dshs.vectors} or {@code SHS_VECTORS}. */
  VECTORS("vectors") {
    @Override
    Optional<String> lack() {
      return vectors().map(folder -> lack(folder)).orElse(Optional.of(UNNAMED));
    }

    private Optional<String> lack(Path folder) {
      return Files.isDirectory(folder)
          ? Optional.empty()
          : Optional.of("the folder of published vectors does not exist: " + folder);
    }
  };

  private static final String UNNAMED =
      "neither -Dshs.vectors=DIR nor SHS_VECTORS names the folder of published vectors";

  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private final String word;

  Requirement(String word) {
    this.word = word;
  }

  /** Says what is missing; empty if nothing is. */
  abstract Optional<String> lack();

  /** Skips the running test, or fails it, unless this requirement is met. */
  public void orSkip(String tests) {
    lack().ifPresent(lack -> skip(word, tests, lack));
  }

  /** Skips the running test with its one line, or fails it where that is asked for. */
  static void skip(String word, String tests, String lack) {
    String sentence = "Skipped: " + tests + ", because " + lack + ".";
    if (demanded().contains(word)) {
      fail(sentence + " SHS_REQUIRE demands '" + word + "'.");
    }
    if (TOLD.add(sentence)) {
      System.out.println(sentence);
    }
    abort(sentence);
  }

  /** What {@code SHS_REQUIRE} names. */
  static Set<String> demanded() {
    String names = Optional.ofNullable(System.getenv("SHS_REQUIRE")).orElse("");
    return Arrays.stream(names.split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The folder of published vectors, if one is named; a relative name counts from the root. */
  public static Optional<Path> vectors() {
    return Optional.ofNullable(System.getProperty("shs.vectors", System.getenv("SHS_VECTORS")))
        .filter(name -> !name.isEmpty())
        .map(Project.ROOT::resolve);
  }

  private static boolean isOnPath(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
