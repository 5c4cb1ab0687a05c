package org.secrethandshake.crypto.sodium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;
import org.secrethandshake.testkit.ForkedJava;

/** What a user sees where libsodium does not load: advice, and never a crash. */
class UnloadableLibraryTest {
  private static final String CHOICE =
      "-Dshs.sodium.library chooses the library: bundled, system or a path.";

  private static final String SAID = "sodium unavailable: ";

  @TempDir Path folder;

  @Test
  void saysThatThereIsNoFileOfThatName() throws Exception {
    assertAdvises(run(library(folder.resolve("none.so"))), "There is no libsodium at ", CHOICE);
  }

  @Test
  void saysThatAFileIsNoLibrary() throws Exception {
    Path garbage = Files.writeString(folder.resolve("garbage.so"), "This is no library.");

    assertAdvises(
        run(library(garbage)),
        "libsodium was not loaded (Unable to load library",
        "It may be made for another system or processor than this one (",
        CHOICE);
  }

  @Test
  void saysThatALibraryLacksAFunction() throws Exception {
    Path other = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("zip"));
    assumeTrue(Files.exists(other), "no other library is known");

    assertAdvises(run(library(other)), "a function is missing", "older than 1.0.18", CHOICE);
  }

  @Test
  void saysWhoMayMakeShortBoxes() throws Exception {
    assertAdvises(
        run("-Dshs.sodium.boxes=java"),
        "-Dshs.sodium.boxes=java is not known",
        "mixed (Java, the default) or native (libsodium)");
  }

  @Test
  void namesTheFolderThatJnaCannotUnpackInto() throws Exception {
    // A file in place of a folder stops root too, whom no permission stops.
    Path file = Files.createFile(folder.resolve("file"));

    assertAdvises(
        run("-Djna.tmpdir=" + file),
        "JNA did not start (",
        "JNA unpacks its native part into " + file + ": make that folder writable",
        "-Djna.tmpdir=FOLDER");
  }

  @Test
  void namesTheFolderOfJnaThatIsReadOnly() throws Exception {
    Path readOnly = Path.of("/proc/self");
    assumeTrue(Files.exists(readOnly), "no such folder is known");

    assertAdvises(
        run("-Djna.tmpdir=" + readOnly),
        "JNA did not start (",
        "'/proc/self' is not writable",
        "JNA unpacks its native part into /proc/self: make that folder writable");
  }

  @Test
  void namesTheTemporaryFolderWhereTheCacheFolderCannotBeUsed() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertAdvises(
        run("-Duser.home=" + file, "-Djava.io.tmpdir=" + file),
        "JNA unpacks its native part into " + file + ": make that folder writable");
  }

  @Test
  void namesTheFolderAlsoWhereAnotherPartOfTheProgramTriedJnaBefore() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    String output =
        ForkedJava.run(
            "-Djna.tmpdir=" + file,
            "-cp",
            ForkedJava.classPath(entry -> true),
            Program.class.getName(),
            "com.sun.jna.Native");

    assertAdvises(
        output, "Not a directory", "JNA unpacks its native part into " + file + ": make that");
  }

  @Test
  void saysThatTheFolderOfJnaMayNotHoldPrograms() throws Exception {
    Path mounted = Files.createDirectory(folder.resolve("mounted"));
    String output = runWithNoexec(mounted);

    assertAdvises(output, "JNA did not start (", mounted + " is mounted noexec: have JNA unpack");
    assertFalse(output.contains("writable"), output);
  }

  @Test
  void namesTheFolderThatTheBundledLibraryCannotBeUnpackedInto() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertAdvises(
        run(withNativePartOfJna(), "-Djna.tmpdir=" + file),
        "the bundled libsodium was not unpacked (",
        "JNA unpacks libsodium into " + file + ": make that folder writable",
        CHOICE);
  }

  @Test
  void saysThatTheFolderOfTheBundledLibraryMayNotHoldPrograms() throws Exception {
    Path mounted = Files.createDirectory(folder.resolve("mounted"));

    assertAdvises(
        runWithNoexec(mounted, withNativePartOfJna()),
        "libsodium was not loaded (",
        mounted + " is mounted noexec: have JNA unpack",
        CHOICE);
  }

  @Test
  void saysThatAClassOfJnaIsMissing() throws Exception {
    Path damaged = folder.resolve("damaged.jar");
    copy(jar("jna"), damaged, name -> !name.startsWith("com/sun/jna/Callback"));

    assertAdvises(
        runWithJna(damaged), "the class com.sun.jna.Callback", "Add net.java.dev.jna:jna");
  }

  @Test
  void saysThatTheRuntimeLacksAModule() throws Exception {
    String output = run("--limit-modules", "java.base");

    assertAdvises(
        output,
        "JNA did not start (a class of the module java.logging is missing)",
        "This Java runtime lacks the module java.logging, which JNA needs.");
    assertFalse(output.contains("writable"), output);
  }

  @Test
  void saysThatNativeAccessIsDenied() throws Exception {
    assumeTrue(Runtime.version().feature() >= 24, "older JVMs deny no native access");

    String output =
        ForkedJava.run(
            "--illegal-native-access=deny",
            "-cp",
            ForkedJava.classPath(entry -> true),
            Program.class.getName());

    assertAdvises(
        output,
        "JNA did not start (Illegal native access",
        "This JVM denies native access: start it with --enable-native-access=ALL-UNNAMED.");
    assertFalse(output.contains("writable"), output);
  }

  @Test
  void saysThatJnaIsAnotherVersion() throws Exception {
    Path source = folder.resolve("Native.java");
    Files.writeString(
        source, "package com.sun.jna; public class Native { public static int POINTER_SIZE = 8; }");
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", folder.toString(), source.toString()));

    String output =
        ForkedJava.run(
            "-cp",
            folder + File.pathSeparator + ForkedJava.classPath(entry -> true),
            Program.class.getName());

    assertAdvises(
        output,
        "(the method extractFromResourcePath is missing)",
        "The path has JNA of unknown version, and another one is needed:");
  }

  @Test
  void saysThatJnaHasNoNativePart() throws Exception {
    Path classes = folder.resolve("classes.jar");
    copy(jar("jna"), classes, name -> name.endsWith(".class"));

    String output = runWithJna(classes);

    assertAdvises(output, "The JNA on the path has no native part for this system (");
    assertFalse(output.contains("writable"), output);
  }

  @Test
  void unpacksWhereItSays() throws Exception {
    String output =
        ForkedJava.run(
            "-Djnidispatch.preserve=true",
            "-Duser.home=" + folder,
            "-cp",
            ForkedJava.classPath(entry -> true),
            UnpackingProgram.class.getName());

    assertEquals("the same folder", output);
  }

  @Test
  void saysThatJnaIsMissing() throws Exception {
    assertAdvises(runWithout("jna"), "JNA was not found", "Add net.java.dev.jna:jna");
  }

  @Test
  void saysThatTheBundleIsMissing() throws Exception {
    assertAdvises(runWithout("lazysodium"), "was not found", "com.goterl:lazysodium-java", CHOICE);
  }

  private static void assertAdvises(String output, String... parts) {
    for (String part : parts) {
      assertTrue(output.contains(part), () -> part + " is not in: " + output);
    }
    String sentence = output.lines().filter(line -> line.startsWith(SAID)).findFirst().orElse("");
    assertTrue(sentence.startsWith(SAID), output);
    assertFalse(sentence.matches(".*(\\bnull\\b|\\w(Error|Exception)\\b).*"), sentence);
    assertTrue(output.contains("named: The crypto backend 'sodium' is installed but not"), output);
    assertFalse(output.contains("available after all"), output);
  }

  private static String library(Path path) {
    return "-D" + SodiumCryptoProvider.LIBRARY_PROPERTY + "=" + path;
  }

  private static String run(String... options) throws Exception {
    return ForkedJava.run(
        Stream.concat(
                Stream.of(options),
                Stream.of("-cp", ForkedJava.classPath(entry -> true), Program.class.getName()))
            .toArray(String[]::new));
  }

  private static String runWithout(String jar) throws Exception {
    return ForkedJava.run(
        "-cp", ForkedJava.classPath(entry -> !isJar(entry, jar)), Program.class.getName());
  }

  private static String runWithJna(Path jar) throws Exception {
    return ForkedJava.run(
        "-cp",
        jar + File.pathSeparator + ForkedJava.classPath(entry -> !isJar(entry, "jna")),
        Program.class.getName());
  }

  /** Runs with a folder for JNA that may be written to, but not hold programs. */
  private static String runWithNoexec(Path mounted, String... options) throws Exception {
    List<String> program =
        List.of(
            "unshare",
            "-m",
            "sh",
            "-c",
            "mount -t tmpfs -o noexec tmpfs " + mounted + " && exec \"$@\"",
            "sh");
    assumeTrue(works(program), "nothing can be mounted here");
    return ForkedJava.runBy(
        program,
        Stream.concat(
                Stream.of(options),
                Stream.of(
                    "-Djna.tmpdir=" + mounted,
                    "-cp",
                    ForkedJava.classPath(entry -> true),
                    Program.class.getName()))
            .toArray(String[]::new));
  }

  /** The option that has JNA take its native part from where it is unpacked already. */
  private String withNativePartOfJna() throws IOException {
    String name = System.mapLibraryName("jnidispatch");
    try (InputStream unpacked =
        Native.class.getResourceAsStream("/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + name)) {
      assumeTrue(unpacked != null, "elsewhere it has another name");
      Files.copy(unpacked, folder.resolve(name));
    }
    return "-Djna.boot.library.path=" + folder;
  }

  private static boolean isJar(String entry, String name) {
    return new File(entry).getName().startsWith(name + "-");
  }

  private static Path jar(String name) {
    return Path.of(ForkedJava.classPath(entry -> isJar(entry, name)));
  }

  private static boolean works(List<String> program) throws Exception {
    List<String> command = new ArrayList<>(program);
    command.add("true");
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private static void copy(Path jar, Path copy, Predicate<String> entries) throws IOException {
    try (ZipFile from = new ZipFile(jar.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(copy))) {
      for (ZipEntry entry : Collections.list(from.entries())) {
        if (entries.test(entry.getName())) {
          to.putNextEntry(new ZipEntry(entry.getName()));
          from.getInputStream(entry).transferTo(to);
        }
      }
    }
  }

  /** Tells whether the folder that we name is the one that JNA took. */
  static final class UnpackingProgram {
    private UnpackingProgram() {}

    public static void main(String[] arguments) {
      if (new SodiumCryptoProvider().unavailability().isPresent()) {
        throw new AssertionError("not available");
      }
      Path unpacked = Path.of(System.getProperty("jnidispatch.path")).getParent();
      System.out.println(
          unpacked.equals(Platforms.unpackingFolder()) ? "the same folder" : unpacked.toString());
    }
  }

  /** Prints what the provider says, and what asking for it by name does. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      for (String usedBefore : arguments) {
        assertThrows(LinkageError.class, () -> Class.forName(usedBefore));
      }
      CryptoProvider provider = new SodiumCryptoProvider();
      Optional<Throwable> cause = provider.unavailability();
      System.out.println(
          provider.name() + " unavailable: " + cause.map(Throwable::getMessage).orElse("no"));
      if (!cause.equals(provider.unavailability())) {
        throw new AssertionError("the first cause is not remembered");
      }
      provider.description();
      try {
        provider.hash(new byte[0], new byte[32]);
        System.out.println("available after all");
      } catch (CryptoProviderException expected) {
        System.out.println("used: " + expected.getMessage());
      }
      try {
        CryptoProviders.named("sodium");
        System.out.println("available after all");
      } catch (CryptoProviderException expected) {
        System.out.println("named: " + expected.getMessage());
      }
    }
  }
}
