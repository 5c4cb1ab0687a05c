package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The start script, in a tree whose Maven only copies a jar that leads to the test's classes. */
@Timeout(60)
class LauncherTest {
  private static final Path SCRIPT = Path.of("..", "shs");
  private static final String START = "shs-package/src/launcher/start.sh";
  private static final String CLI_JAR = "shs-cli-1.0.jar";
  private static final String CORE_JAR = "shs-core-1.0.jar";
  private static final Instant PAST = Instant.parse("2020-01-01T00:00:00Z");

  /** What the name of the note beside an archive ends with. */
  private static final String NOTE = ".made";

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private Path loaded;

  /** No test ends while an archive is made in its folder, so most make none. */
  @BeforeEach
  void environment() {
    loaded = folder.resolve("loaded");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SHS_NO_ARCHIVE", "1");
  }

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

  @Test
  void startsFromAnArchiveThatIsMadeOnceAndOnlyIfItFits() throws Exception {
    Path tree = packagedTree();
    shs(tree, folder, "version & '%s' version; wait".formatted(tree.resolve("shs")));
    Path archive = awaitArchive(tree);
    byte[] made = Files.readAllBytes(archive);
    byte[] changedHeader = made.clone();
    Arrays.fill(changedHeader, 64, 128, (byte) 'x');
    byte[] ofTheJdk =
        Files.readAllBytes(Path.of(System.getProperty("java.home"), "lib/server/classes.jsa"));

    startsFromArchive(tree);
    for (byte[] unfit : List.of(new byte[made.length], changedHeader, ofTheJdk)) {
      replace(archive, Arrays.copyOf(unfit, made.length));
      startsWithoutArchive(tree, "%d bytes".formatted(unfit.length));
    }
    replace(archive, made);
    startsFromArchive(tree);
    setAge(library(tree).resolve(CLI_JAR), PAST);
    startsWithoutArchive(tree, "another jar");
    assertEquals(1, rehearsals());
  }

  @Test
  void leavesArchivesToTheUserWhoHasOptionsForThem() throws Exception {
    Path tree = packagedTree();
    shs(tree, folder, "version");
    awaitArchive(tree);

    environment.put("JDK_JAVA_OPTIONS", "-Xshare:off");
    Outcome outcome = shs(tree, folder, "version");

    assertEquals(ExitCodes.OK, outcome.exitCode(), outcome.err() + outcome.out());
    assertFalse(isLoadedFromArchive());
  }

  @Test
  void makesAnArchiveAgainThatIsNotAsItWasNoted() throws Exception {
    Path tree = packagedTree();
    shs(tree, folder, "version");
    awaitArchive(tree);
    Path release = folder.resolve("jdk/release");
    Files.writeString(release, "UPDATED=\"yes\"\n", StandardOpenOption.APPEND);

    startsWithoutArchive(tree, "another JDK");
    Path archive = awaitArchive(tree);
    startsFromArchive(tree);
    assertEquals(2, rehearsals());

    byte[] made = Files.readAllBytes(archive);
    Path note = made(tree).orElseThrow();
    String noted = Files.readString(note);
    Files.writeString(folder.resolve("jdk/unable"), "");
    setAge(archive, Instant.now().plusSeconds(60));
    startsWithoutArchive(tree, "a newer archive");
    await(() -> Files.notExists(archive) && !Files.readString(note).equals(noted));
    assertEquals(3, rehearsals());

    Files.write(archive, Arrays.copyOf(made, made.length / 2));
    Files.writeString(note, noted);
    startsWithoutArchive(tree, "a part of an archive");
    await(() -> Files.notExists(archive) && !Files.readString(note).equals(noted));
    assertEquals(4, rehearsals());
  }

  @Test
  void asksAJdkThatMakesNoArchiveOnlyOnce() throws Exception {
    Path tree = packagedTree();
    Files.writeString(folder.resolve("jdk/unable"), "");
    shs(tree, folder, "version");
    await(() -> made(tree).isPresent());

    startsWithoutArchive(tree, "no archive");
    startsWithoutArchive(tree, "no archive");
    assertEquals(1, rehearsals());
  }

  @Test
  void leavesTheArchiveOutWhereItCannotBeWritten() throws Exception {
    Path tree = packagedTree();
    environment.put("SHS_NO_ARCHIVE", "1");
    shs(tree, folder, "version");
    environment.remove("SHS_NO_ARCHIVE");
    Path lib = library(tree);
    assertTrue(lib.toFile().setWritable(false));
    Assumptions.assumeFalse(Files.isWritable(lib), "this user writes where nobody may");

    startsWithoutArchive(tree, "a folder that is read-only");
    assertEquals(0, rehearsals());
    assertTrue(lib.toFile().setWritable(true));
  }

  private void startsFromArchive(Path tree) throws Exception {
    Outcome outcome = shs(tree, folder, "version");
    assertTrue(outcome.out().startsWith("shs "), outcome.err());
    assertEquals("", outcome.err());
    assertTrue(isLoadedFromArchive(), () -> "not from the archive");
  }

  private void startsWithoutArchive(Path tree, String why) throws Exception {
    Outcome outcome = shs(tree, folder, "version");
    assertTrue(outcome.out().startsWith("shs "), why + outcome.err());
    assertEquals("", outcome.err(), why);
    assertEquals(ExitCodes.OK, outcome.exitCode(), why);
    assertFalse(isLoadedFromArchive(), why);
  }

  /** As old as it was, so that the script sees no difference, and Java must. */
  private static void replace(Path archive, byte[] content) throws IOException {
    FileTime time = Files.getLastModifiedTime(archive);
    Files.delete(archive);
    Files.write(archive, content);
    Files.setLastModifiedTime(archive, time);
  }

  /** Waits until the script has noted an archive of this size for this JDK. */
  private Path awaitArchive(Path tree) throws Exception {
    await(() -> made(tree).isPresent() && isNoted(made(tree).get()));
    return archive(made(tree).orElseThrow());
  }

  private boolean isNoted(Path note) throws IOException {
    String noted = Files.readString(note);
    Path archive = archive(note);
    return noted.endsWith(Files.readString(folder.resolve("jdk/release")).strip())
        && Files.exists(archive)
        && noted.contains("\n" + Files.size(archive) + "\n")
        && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(note)) <= 0;
  }

  private static Path archive(Path note) {
    return Path.of(note.toString().substring(0, note.toString().length() - NOTE.length()));
  }

  private static Optional<Path> made(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(library(tree))) {
      return files.filter(file -> file.toString().endsWith(NOTE)).findFirst();
    }
  }

  private static Path library(Path tree) throws IOException {
    return tree.resolve(".shs").resolve(Files.readString(tree.resolve(".shs/current")).strip());
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.call()) {
      assertTrue(System.nanoTime() < end, "no archive was made");
      Thread.sleep(20);
    }
  }

  private boolean isLoadedFromArchive() throws IOException {
    return Files.readString(loaded).contains(Shs.class.getName() + " source: shared objects file");
  }

  private long rehearsals() throws IOException {
    return Files.readAllLines(folder.resolve("jdk/runs")).stream()
        .filter(run -> run.endsWith(Rehearsal.class.getName()))
        .count();
  }

  /** A tree with all classes in jars, as an archive needs, and a JDK that tells what it does. */
  private Path packagedTree() throws IOException {
    Path tree = tree("tree");
    Path lib = Files.createDirectories(folder.resolve("bin/lib"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        writeJar(lib.resolve("shs-part%d-1.jar".formatted(lib.toFile().list().length)), path);
      } else if (Files.exists(path)) {
        Files.copy(path, lib.resolve(path.getFileName()));
      }
    }
    // Not the one that leads to the folders.
    Files.delete(folder.resolve("bin/jar"));
    writeJar(folder.resolve("bin/jar"), Files.createDirectories(folder.resolve("nothing")));
    Path jdk = folder.resolve("jdk");
    Path real = Path.of(System.getProperty("java.home"));
    Files.createDirectories(jdk.resolve("bin"));
    Files.copy(real.resolve("release"), jdk.resolve("release"));
    Path java = jdk.resolve("bin/java");
    Files.writeString(
        java,
        """
        #!/bin/bash
        printf '%%s\n' "$*" >>'%1$s/runs'
        case $* in *ArchiveClassesAtExit* | *AOTCacheOutput*) [ ! -f '%1$s/unable' ] || exit 1 ;; esac
        arguments=()
        for argument; do
          arguments+=("$argument")
          [ "$argument" != -Xlog:all=warning:stderr ] || arguments+=('-Xlog:class+load:file=%2$s')
        done
        exec '%3$s' "${arguments[@]}"
        """
            .formatted(jdk, loaded, real.resolve("bin/java")));
    assertTrue(java.toFile().setExecutable(true));
    environment.remove("SHS_NO_ARCHIVE");
    environment.put("JAVA_HOME", jdk.toString());
    return tree;
  }

  private static void writeJar(Path jar, Path classes) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
  }

  /** Some modules, with sources that are old. */
  private Path tree(String name) throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
    Path tree = Files.createDirectories(folder.resolve(name));
    Files.copy(SCRIPT, tree.resolve("shs"));
    Files.createDirectories(tree.resolve(START).getParent());
    Files.copy(SCRIPT.resolveSibling(START), tree.resolve(START));
    source(tree.resolve("pom.xml"));
    source(tree.resolve(".mvn/jvm.config"));
    for (String module : new String[] {"shs-core", "shs-cli", "shs-package"}) {
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
        [ ! -d '%3$s/lib' ] || cp '%3$s'/lib/*.jar "$tree/shs-cli/target/lib"
        cp '%2$s' "$tree/shs-cli/target/shs-cli-1.0.jar"
        """
            .formatted(tree, jar, bin));
    assertTrue(maven.toFile().setExecutable(true));
    // An archive that is made beside other tests would else wait for all of them.
    Path nice = bin.resolve("nice");
    Files.writeString(nice, "#!/bin/bash\nshift 2\nexec \"$@\"\n");
    assertTrue(nice.toFile().setExecutable(true));
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
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
