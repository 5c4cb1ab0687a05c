package org.secrethandshake.benchmarks.footprint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendJarsTest {
  private static final List<String> LIBRARIES =
      List.of(
          "shs-api-0.1.0.jar",
          "shs-core-0.1.0.jar",
          "jspecify-1.0.0.jar",
          "shs-crypto-sodium-0.1.0.jar",
          "shs-crypto-sodium-0.1.0-sources.jar",
          "jna-5.19.0.jar",
          "lazysodium-java-5.1.4.jar",
          "shs-crypto-bouncycastle-0.1.0.jar",
          "shs-crypto-primitives-0.1.0-SNAPSHOT.jar",
          "bcprov-jdk18on-1.86.jar",
          "shs-crypto-tink-0.1.0.jar",
          "tink-1.24.0.jar",
          "jmh-core-1.37.jar");

  @TempDir private Path folder;
  private Path everything;

  @BeforeEach
  void copiesJars() throws IOException {
    everything = file("benchmarks.jar");
    file("shs-benchmarks-0.1.0.jar");
    Files.createDirectory(folder.resolve("lib"));
    for (String library : LIBRARIES) {
      file("lib/" + library);
    }
  }

  @Test
  void givesEachBackendItsOwnJarsAlone() throws IOException {
    BackendJars jars = BackendJars.beside(everything, List.of(everything));
    assertTrue(jars.separate());
    assertEquals(
        "jna-5.19.0.jar jspecify-1.0.0.jar lazysodium-java-5.1.4.jar shs-api-0.1.0.jar"
            + " shs-benchmarks-0.1.0.jar shs-core-0.1.0.jar shs-crypto-sodium-0.1.0.jar",
        names(jars.classPath("sodium")));
    assertEquals(
        "bcprov-jdk18on-1.86.jar jspecify-1.0.0.jar shs-api-0.1.0.jar shs-benchmarks-0.1.0.jar"
            + " shs-core-0.1.0.jar shs-crypto-primitives-0.1.0-SNAPSHOT.jar"
            + " shs-crypto-tink-0.1.0.jar tink-1.24.0.jar",
        names(jars.classPath("tink")));
    assertEquals("shs-benchmarks-0.1.0.jar", names(jars.ownClassPath()));
  }

  @Test
  void sizesABackendWithWhatItDependsOn() throws IOException {
    Files.write(folder.resolve("lib/jna-5.19.0.jar"), new byte[1000]);
    Files.write(folder.resolve("lib/shs-crypto-sodium-0.1.0.jar"), new byte[20]);
    Files.write(folder.resolve("lib/shs-core-0.1.0.jar"), new byte[300]);
    BackendJars jars = BackendJars.beside(everything, List.of(everything));
    assertEquals(OptionalLong.of(1020), jars.bytes("sodium"));
  }

  @Test
  void givesAnUnknownBackendTheWholeClassPathAndNoSize() throws IOException {
    Path theirs = file("theirs.jar");
    BackendJars jars = BackendJars.beside(everything, List.of(everything, theirs));
    List<Path> classPath = jars.classPath("theirs");
    assertTrue(classPath.contains(theirs), classPath::toString);
    assertFalse(classPath.contains(everything), classPath::toString);
    assertEquals(OptionalLong.empty(), jars.bytes("theirs"));
  }

  @Test
  void takesTheJarOfEverythingWhereNothingIsBesideIt() throws IOException {
    Path alone = Files.createDirectory(folder.resolve("alone")).resolve("benchmarks.jar");
    Files.createFile(alone);
    BackendJars jars = BackendJars.beside(alone, List.of(alone));
    assertFalse(jars.separate());
    assertEquals(List.of(alone), jars.classPath("sodium"));
    assertEquals(OptionalLong.empty(), jars.bytes("sodium"));
  }

  @Test
  void namesTheJarsThatAreMissing() throws IOException {
    Files.delete(folder.resolve("lib/jna-5.19.0.jar"));
    BackendJars jars = BackendJars.beside(everything, List.of(everything));
    IOException e = assertThrows(IOException.class, () -> jars.classPath("sodium"));
    assertEquals("these jars are not at hand: jna", e.getMessage());
    assertFalse(jars.has("sodium"));
    assertTrue(jars.has("bouncycastle"));
  }

  @Test
  void knowsAModuleByItsFolderToo() {
    Path module = Path.of("project", "shs-crypto-sodium", "target");
    assertEquals("shs-crypto-sodium", new ClassPathEntry(module.resolve("classes")).module());
    assertEquals("", new ClassPathEntry(module.resolve("test-classes")).module());
  }

  private Path file(String name) throws IOException {
    return Files.createFile(folder.resolve(name));
  }

  private static String names(List<Path> paths) {
    TreeSet<String> names = new TreeSet<>();
    paths.forEach(path -> names.add(path.getFileName().toString()));
    return String.join(" ", names);
  }
}
