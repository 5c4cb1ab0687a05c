package org.secrethandshake.benchmarks;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the documentation says of {@code benchmarks.jar} can be typed as it stands there. */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern REPORT =
      Pattern.compile("java -jar shs-benchmarks/target/benchmarks\\.jar report([^`\\n#|]*)");

  @Test
  void namesOptionsOfTheReportThatExist() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> files = Stream.concat(Files.list(ROOT), docs)) {
      List<String> commands =
          files
              .filter(file -> file.toString().endsWith(".md"))
              .flatMap(DocumentedCommandsTest::reports)
              .toList();
      commands.forEach(DocumentedCommandsTest::parse);
      assertTrue(commands.contains("--quick"), commands::toString);
    }
  }

  @Test
  void refusesAnOptionThatDoesNotExist() {
    assertThrows(UnmatchedArgumentException.class, () -> parse("--quickly"));
  }

  private static Stream<String> reports(Path page) {
    try {
      return REPORT.matcher(Files.readString(page)).results().map(match -> match.group(1).strip());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void parse(String options) {
    String[] arguments = options.isEmpty() ? new String[0] : options.split("\\s+");
    new CommandLine(new ReportCommand(List.of(arguments))).parseArgs(arguments);
  }
}
