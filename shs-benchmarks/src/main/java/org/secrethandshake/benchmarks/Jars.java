package org.secrethandshake.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells, of all the jars here, those that a user of one backend would have: separate, and signed
 * where they are. A third party's backend is not known and gets the whole class path.
 */
record Jars(List<Path> entries) {
  static final List<String> OWN = List.of("shs-benchmarks");
  private static final List<String> NEEDED =
      List.of("shs-benchmarks", "shs-api", "shs-core", "jspecify");
  private static final Map<String, List<String>> BACKENDS =
      Map.of(
          "sodium", List.of("shs-crypto-sodium", "shs-crypto-primitives", "jna", "lazysodium-java"),
          "bouncycastle",
              List.of("shs-crypto-bouncycastle", "shs-crypto-primitives", "bcprov-jdk18on"),
          "tink", List.of("shs-crypto-tink", "shs-crypto-primitives", "tink"));

  /** Where our own classes are. */
  static Path own() {
    try {
      return Path.of(Jars.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the classes have no place of their own", e);
    }
  }

  static List<Path> classPath() {
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    return Stream.of(entries).filter(entry -> !entry.isEmpty()).map(Path::of).toList();
  }

  /** Those beside the runnable jar, where the build puts them, and those of the class path. */
  static Jars found() throws IOException {
    List<Path> entries = new ArrayList<>();
    for (Path folder : List.of(own().resolveSibling("lib"), own().resolveSibling(""))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(entries::add);
        }
      }
    }
    entries.addAll(classPath());
    return new Jars(entries);
  }

  /** Whether a program can run with this backend and no other. */
  boolean separate(String backend) {
    List<String> own = BACKENDS.getOrDefault(backend, List.of());
    return !own.isEmpty() && paths(own).size() == own.size() && paths(NEEDED).size() == 4;
  }

  /** The class path of a program of ours that uses one backend. */
  List<Path> of(String backend) {
    List<String> modules = new ArrayList<>(NEEDED);
    modules.addAll(BACKENDS.getOrDefault(backend, List.of()));
    return separate(backend) ? paths(modules) : classPath();
  }

  /** The bytes of a backend's jars, without shs-api and shs-core, which every backend needs. */
  long bytes(String backend) throws IOException {
    List<Path> own = paths(BACKENDS.getOrDefault(backend, List.of()));
    if (!separate(backend) || own.stream().anyMatch(Files::isDirectory)) {
      throw new IOException("Its jars are not here one by one.");
    }
    return own.stream().map(Path::toFile).mapToLong(File::length).sum();
  }

  List<Path> paths(List<String> modules) {
    return modules.stream()
        .map(module -> entries.stream().filter(entry -> module(entry).equals(module)).findFirst())
        .flatMap(Optional::stream)
        .toList();
  }

  /** The name of a jar without its version, or of a Maven module for its target/classes. */
  private static String module(Path entry) {
    if (entry.endsWith(Path.of("target", "classes")) && entry.getNameCount() > 2) {
      return entry.getName(entry.getNameCount() - 3).toString();
    }
    String name = entry.getFileName().toString();
    return name.matches(".+-(sources|javadoc|tests)\\.jar") ? "" : name.replaceAll("-\\d.*", "");
  }
}
