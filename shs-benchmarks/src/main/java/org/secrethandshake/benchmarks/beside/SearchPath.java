package org.secrethandshake.benchmarks.beside;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folders in which programs are looked for. */
record SearchPath(List<Path> folders) {
  static SearchPath ofEnvironment() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return new SearchPath(
        Stream.of(path.split(File.pathSeparator))
            .filter(folder -> !folder.isEmpty())
            .map(Path::of)
            .toList());
  }

  /** Finds the first of the names that is anywhere. */
  Optional<String> find(String... names) {
    return Stream.of(names)
        .flatMap(name -> Stream.of(name, name + ".exe"))
        .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .map(Path::toString)
        .findFirst();
  }
}
