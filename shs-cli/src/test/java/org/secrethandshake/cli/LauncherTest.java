package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The start script, in a tree whose Maven only copies a jar that leads to the test's classes. */
@Timeout(60)
class LauncherTest {
  private static final Path SCRIPT = Path.of("..", "shs");
  private static final String CLI_JAR = "shs-cli-1.0.jar";
  private static final String CORE_JAR = "shs-core-1.0.jar";
  private static final Instant PAST = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir private Path folder;

  @Test
  void worksInAPathWithAColonAndBlanksAndKeepsTheFolderOfTheUser() throws Exception {
    Path tree = tree("a b:c");
    Path here = Files.createDirectories(folder.resolve("here"));

    Outcome outcome = shs(tree, here, "keygen --out key");

    assertEquals(ExitCodes.OK, outcome.exitCode(), outcome.err());
    assertTrue(Files.exists(here.resolve("key")));
  }

  @Test
  void showsWhatItBuildsInPlainLinesAndBuildsOnce() throws Exception {
    Path tree = tree("tree");

    Outcome first = shs(tree, folder, "version");
    Outcome second = shs(tree, folder, "version");

    assertTrue(first.out().startsWith("shs "), first.err());
    assertTrue(first.err().contains("s: [1/2] Secret Handshake core\n"), first.err());
    assertTrue(first.err().contains("s: [2/2] Secret Handshake command line\n"), first.err());
    assertFalse(first.err().contains("\u001b"), first.err());
    assertFalse(first.err().contains("\r"), first.err());
    assertEquals(first.out(), second.out());
    assertEquals("", second.err());
  }

  @Test
  void showsWhatMavenSaysWhenTheBuildFails() throws Exception {
    Path tree = tree("tree");
    Files.writeString(tree.resolve("broken"), "");

    Outcome outcome = shs(tree, folder, "version");

    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().contains("[ERROR] no semicolon\n"), outcome.err());
    assertTrue(outcome.err().contains("shs: the build failed; "), outcome.err());
  }

  @Test
  void usesWhatMavenHasBuiltUntilASourceIsNewer() throws Exception {
    Path tree = tree("tree");
    build(tree, "shs-core", CORE_JAR);
    build(tree, "shs-cli", CLI_JAR);
    Path lib = Files.createDirectories(tree.resolve("shs-cli/target/lib"));
    Files.copy(tree.resolve("shs-core/target/" + CORE_JAR), lib.resolve(CORE_JAR));

    Outcome built = shs(tree, folder, "version");
    Files.writeString(tree.resolve("shs-core/src/main/Source"), "changed");
    Outcome changed = shs(tree, folder, "version");

    assertTrue(built.out().startsWith("shs "), built.err());
    assertEquals("", built.err());
    assertTrue(changed.err().contains("building"), changed.err());
  }

  @Test
  void doesNotUseALibraryOfAnotherBuild() throws Exception {
    Path tree = tree("tree");
    build(tree, "shs-core", CORE_JAR);
    build(tree, "shs-cli", CLI_JAR);
    Path lib = Files.createDirectories(tree.resolve("shs-cli/target/lib"));
    Files.writeString(lib.resolve(CORE_JAR), "an older one");

    assertTrue(shs(tree, folder, "version").err().contains("building"));
  }

  @Test
  void tellsTheCommandWhichStreamsAreClosed() throws Exception {
    Path tree = tree("tree");
    shs(tree, folder, "version");

    Outcome noInput = shs(tree, folder, "listen -p 0 <&-");
    Outcome noOutput = shs(tree, folder, "keygen >&-");
    Outcome noErrors = shs(tree, folder, "version 2>&-");

    assertEquals(
        new Outcome(
            ExitCodes.USAGE,
            "",
            "shs: Standard input is closed. To send nothing, redirect it: < /dev/null.\n"),
        noInput);
    assertEquals(ExitCodes.USAGE, noOutput.exitCode());
    assertTrue(noOutput.err().startsWith("shs: Standard output is closed."), noOutput.err());
    assertEquals(ExitCodes.OK, noErrors.exitCode());
  }

  /** Two modules, with sources that are old. */
  private Path tree(String name) throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
    Path tree = Files.createDirectories(folder.resolve(name));
    Files.copy(SCRIPT, tree.resolve("shs"));
    source(tree.resolve("pom.xml"));
    source(tree.resolve(".mvn/jvm.config"));
    for (String module : new String[] {"shs-core", "shs-cli"}) {
      source(tree.resolve(module).resolve("pom.xml"));
      source(tree.resolve(module).resolve("src/main/Source"));
    }
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path jar = bin.resolve("jar");
    writeJar(jar);
    Path maven = bin.resolve("mvn");
    Files.writeString(
        maven,
        """
        #!/bin/bash
        if [ -f '%1$s/broken' ]; then
          echo '[ERROR] no semicolon'
          exit 1
        fi
        while [ "$1" != -f ]; do shift; done
        tree=$(dirname "$2")
        echo '[INFO] Building Secret Handshake core 1.0            [1/2]'
        echo '[INFO] Building Secret Handshake command line 1.0    [2/2]'
        mkdir -p "$tree/shs-cli/target/lib"
        cp '%2$s' "$tree/shs-cli/target/lib/shs-core-1.0.jar"
        cp '%2$s' "$tree/shs-cli/target/shs-cli-1.0.jar"
        """
            .formatted(tree, jar));
    assertTrue(maven.toFile().setExecutable(true));
    return tree;
  }

  private static void source(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "source");
    setAge(file, PAST);
    setAge(file.getParent(), PAST);
  }

  private void build(Path tree, String module, String jar) throws IOException {
    Path target = tree.resolve(module).resolve("target");
    Files.createDirectories(target.resolve("classes"));
    Path compiled = Files.writeString(target.resolve("classes/Source.class"), "class");
    setAge(compiled, PAST.plusSeconds(10));
    Files.copy(folder.resolve("bin/jar"), target.resolve(jar));
  }

  private static void setAge(Path file, Instant time) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  /** A jar without classes, whose manifest names those of this test. */
  private static void writeJar(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.finish();
    }
  }

  private Outcome shs(Path tree, Path here, String arguments) throws Exception {
    Path out = folder.resolve("stdout");
    Path err = folder.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder("/bin/bash", "-c", "'" + tree.resolve("shs") + "' " + arguments)
            .directory(here.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().merge("PATH", folder.resolve("bin") + ":", (old, bin) -> bin + old);
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
