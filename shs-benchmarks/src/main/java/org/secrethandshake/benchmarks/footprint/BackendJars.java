package org.secrethandshake.benchmarks.footprint;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Tells, of all the jars at hand, those that a user of one backend alone would have.
 *
 * <p>A third party's backend is not known here: it gets everything, and its size is not known.
 */
final class BackendJars {
  private static final String OWN = "shs-benchmarks";
  private static final Set<String> CORE = Set.of("shs-api", "shs-core", "jspecify");
  private static final Map<String, Set<String>> BACKENDS =
      Map.of(
          "sodium", Set.of("shs-crypto-sodium", "jna", "lazysodium-java"),
          "bouncycastle",
              Set.of("shs-crypto-bouncycastle", "shs-crypto-primitives", "bcprov-jdk18on"),
          "tink", Set.of("shs-crypto-tink", "shs-crypto-primitives", "bcprov-jdk18on", "tink"));

  private final List<ClassPathEntry> entries;
  private final boolean separate;

  /**
   * @param entries all the jars and folders of classes at hand
   * @param separate whether each is of one module, not all modules in a single jar
   */
  BackendJars(List<Path> entries, boolean separate) {
    this.entries = entries.stream().map(ClassPathEntry::new).toList();
    this.separate = separate;
  }

  /** Looks beside the runnable jar, or at the class path when started from separate jars. */
  static BackendJars found() throws IOException {
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.isEmpty())
            .map(Path::of)
            .toList();
    Path own = ClassPathEntry.of(BackendJars.class);
    if (!own.equals(ClassPathEntry.of(org.secrethandshake.CryptoProviders.class))) {
      return new BackendJars(classPath, true);
    }
    return beside(own, classPath);
  }

  /** Takes the separate jars beside a jar of everything, and what else is on the class path. */
  static BackendJars beside(Path everything, List<Path> classPath) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (Path folder :
        List.of(everything.resolveSibling("lib"), everything.toAbsolutePath().getParent())) {
      jars.addAll(jarsIn(folder));
    }
    jars.remove(everything);
    for (Path entry : classPath) {
      if (!Files.exists(entry) || !Files.isSameFile(entry, everything)) {
        jars.add(entry);
      }
    }
    BackendJars separate = new BackendJars(jars, true);
    return separate.holds(CORE) ? separate : new BackendJars(classPath, false);
  }

  /** Whether there are separate jars, so that one backend can be run without the others. */
  boolean separate() {
    return separate;
  }

  /** Whether the jars of a backend are at hand, each by itself. */
  boolean has(String backend) {
    return separate && BACKENDS.containsKey(backend) && holds(BACKENDS.get(backend));
  }

  /**
   * Returns the class path of a program of ours that uses one backend.
   *
   * @throws IOException if some of the backend's jars are not at hand
   */
  List<Path> classPath(String backend) throws IOException {
    Set<String> own = BACKENDS.get(backend);
    if (own == null || !separate) {
      return entries.stream().map(ClassPathEntry::path).toList();
    }
    Set<String> modules = new TreeSet<>(own);
    modules.addAll(CORE);
    modules.add(OWN);
    return pathsOf(modules);
  }

  /** Returns the class path of a program of ours that uses nothing else. */
  List<Path> ownClassPath() throws IOException {
    return separate ? pathsOf(Set.of(OWN)) : classPath("");
  }

  /**
   * Returns the bytes of a backend's jars and of those it depends on, without shs-api and shs-core,
   * which every backend needs alike; empty where that is not known.
   */
  OptionalLong bytes(String backend) throws IOException {
    Set<String> own = BACKENDS.get(backend);
    if (own == null || !separate) {
      return OptionalLong.empty();
    }
    long bytes = 0;
    for (Path path : pathsOf(own)) {
      if (Files.isDirectory(path)) {
        return OptionalLong.empty();
      }
      bytes += Files.size(path);
    }
    return OptionalLong.of(bytes);
  }

  private List<Path> pathsOf(Set<String> modules) throws IOException {
    Set<String> missing = new TreeSet<>(modules);
    List<Path> paths = new ArrayList<>();
    for (ClassPathEntry entry : entries) {
      if (missing.remove(entry.module())) {
        paths.add(entry.path());
      }
    }
    if (!missing.isEmpty()) {
      throw new IOException("these jars are not at hand: " + String.join(", ", missing));
    }
    return paths;
  }

  private boolean holds(Set<String> modules) {
    return entries.stream().map(ClassPathEntry::module).toList().containsAll(modules);
  }

  private static List<Path> jarsIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }
}
