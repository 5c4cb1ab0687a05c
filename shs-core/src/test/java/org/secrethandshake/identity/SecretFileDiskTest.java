package org.secrethandshake.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.IdentityKeyPair;
import org.secrethandshake.testkit.ForkedJava;

/**
 * A disk that is full or read-only costs nobody a key: a file that cannot be written says so, no
 * part of it is left, and the one that was there is as it was.
 */
class SecretFileDiskTest {
  private static final String FULL = "mount -t tmpfs -o size=32k tmpfs disk && cp old disk/secret";
  private static final String READ_ONLY =
      "mount -t tmpfs tmpfs disk && cp old disk/secret && mount -o remount,ro disk";

  /** Fills all that is left, also of the last page. */
  private static final String FILL = "(cat /dev/zero >disk/filler || true) 2>/dev/null";

  @TempDir Path folder;

  @BeforeEach
  void makeAnOldFile() throws IOException {
    Files.createDirectory(folder.resolve("disk"));
    try (IdentityKeyPair old = IdentityKeyPair.generate(CryptoProviders.onlyInstalled())) {
      SecretFile.create(folder.resolve("old"), old);
    }
  }

  @Test
  void aFullDiskLeavesNoPartOfANewFile() throws Exception {
    assertEquals(
        "No space left on device; left: filler, secret as it was",
        on(FULL + " && " + FILL, "create", "new"));
  }

  @Test
  void aFullDiskLeavesAnOldFileAsItWas() throws Exception {
    assertEquals(
        "No space left on device; left: filler, secret as it was",
        on(FULL + " && " + FILL, "replace", "secret"));
  }

  @Test
  void aReadOnlyDiskTakesNoNewFile() throws Exception {
    assertEquals("Read-only file system; left: secret as it was", on(READ_ONLY, "create", "new"));
  }

  @Test
  void aReadOnlyDiskLeavesAnOldFileAsItWas() throws Exception {
    assertEquals(
        "Read-only file system; left: secret as it was", on(READ_ONLY, "replace", "secret"));
  }

  /** Runs {@link Writer} with a disk of its own. */
  private String on(String disk, String verb, String file) throws Exception {
    String script = "cd " + folder + " && " + disk + " && exec \"$@\"";
    List<String> program = List.of("unshare", "-m", "sh", "-c", script, "sh");
    assumeTrue(works(program), "skipped: nothing can be mounted here");
    String output =
        ForkedJava.runBy(
            program,
            "-cp",
            ForkedJava.classPath(entry -> true),
            Writer.class.getName(),
            verb,
            folder.resolve("disk").resolve(file).toString(),
            folder.resolve("old").toString());
    assertTrue(output.contains("; left: "), output);
    return output;
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

  /** Writes a key file where it cannot be written, and tells why not and what is left there. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      Path file = Path.of(arguments[1]);
      String failure;
      try (IdentityKeyPair identity = IdentityKeyPair.generate(CryptoProviders.onlyInstalled())) {
        if (arguments[0].equals("create")) {
          SecretFile.create(file, identity);
        } else {
          SecretFile.replace(file, identity);
        }
        failure = "it was written";
      } catch (IOException e) {
        failure = e.getMessage().substring(e.getMessage().lastIndexOf(": ") + 1).strip();
      }
      System.out.println(failure + "; left: " + left(file, Path.of(arguments[2])));
    }

    private static String left(Path file, Path old) throws IOException {
      Path disk = file.resolveSibling("secret");
      try (Stream<Path> files = Files.list(disk.getParent())) {
        List<String> names = files.map(each -> each.getFileName().toString()).sorted().toList();
        return String.join(", ", names)
            + (Files.mismatch(disk, old) < 0 ? " as it was" : " changed");
      }
    }
  }
}
