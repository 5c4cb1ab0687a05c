package org.secrethandshake.conformance.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final String FENCE = "```";

  @Test
  void showsTheProgramThatIsCompiledHere() throws IOException {
    String source =
        Files.readString(
            Path.of("src/test/java", QuickStart.class.getName().replace('.', '/') + ".java"));
    String program = source.substring(source.indexOf("import static"));
    assertEquals(program.strip(), firstBlock("java").strip());
  }

  @Test
  void showsAProgramThatWorks() throws Exception {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      QuickStart.main(new String[0]);
    } finally {
      System.setOut(out);
    }
    assertEquals("Hello, Bob!", printed.toString(StandardCharsets.UTF_8).strip());
  }

  @Test
  void namesTheCommandsThatContinuousIntegrationRuns() throws IOException {
    String ci = Files.readString(Path.of("../.ci/run"));
    for (String command : firstBlock("sh").strip().lines().map(ReadmeTest::command).toList()) {
      assertTrue(ci.contains(command), command);
    }
  }

  private static String command(String line) {
    return line.replaceFirst("\\s*#.*", "").strip();
  }

  private static String firstBlock(String language) throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    String opening = FENCE + language + "\n";
    int start = readme.indexOf(opening) + opening.length();
    return readme.substring(start, readme.indexOf(FENCE, start));
  }
}
