package org.secrethandshake.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Path SOURCES = Path.of("src/main/java/org/secrethandshake/examples");
  private static final int BOUND = 100;
  private static final int BOUND_OF_MUXRPC = 150;

  @Test
  void hasARowWithItsCommandForEachProgram() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    Set<String> rows =
        Pattern.compile("\\| \\[(\\w+)\\]\\(" + SOURCES + "/\\1\\.java\\) \\|.*`examples/run \\1")
            .matcher(readme)
            .results()
            .map(row -> row.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(programs(), rows);
  }

  @Test
  void promisesShortPrograms() throws IOException {
    for (String program : programs()) {
      assertTrue(lines(program) < BOUND, program + " has " + lines(program) + " lines");
    }
    int muxrpc = lines("WhoAmI") + lines("MuxrpcPacket");
    assertTrue(muxrpc < BOUND_OF_MUXRPC, "the client of muxrpc has " + muxrpc + " lines");
  }

  private static Set<String> programs() throws IOException {
    Set<String> programs = new TreeSet<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (Files.readString(file).contains("public static void main(")) {
          programs.add(file.getFileName().toString().replace(".java", ""));
        }
      }
    }
    return programs;
  }

  private static int lines(String program) throws IOException {
    return Files.readAllLines(SOURCES.resolve(program + ".java")).size();
  }
}
