package org.secrethandshake.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.UnmatchedArgumentException;

/** The commands {@code shs} in the documentation's blocks can be typed as they stand there. */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(?:sh|text)\\n(.*?)^```");
  private static final Pattern WORD =
      Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\s#.*)|([|&;<>]+)|([^\\s'\"|&;<>]+)");
  private static final int COMMENT = 3;
  private static final int OPERATOR = 4;

  /** Stands for any key in the pages. */
  private static final String A_KEY = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

  static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> files = Stream.concat(Files.list(ROOT), docs)) {
      for (Path page : files.filter(file -> file.toString().endsWith(".md")).sorted().toList()) {
        for (Matcher block = BLOCK.matcher(Files.readString(page)); block.find(); ) {
          block
              .group(1)
              .lines()
              .filter(line -> !argumentsOf(line).isEmpty())
              .forEach(commands::add);
        }
      }
    }
    return commands;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void areUnderstood(String line) {
    for (List<String> arguments : argumentsOf(line)) {
      parse(arguments);
    }
  }

  @Test
  void areFoundInTheReadme() throws IOException {
    assertTrue(commands().stream().anyMatch(line -> line.startsWith("./shs listen --port 8008")));
  }

  @Test
  void areRefusedWithAnOptionThatDoesNotExist() {
    assertThrows(
        UnmatchedArgumentException.class,
        () -> parse(argumentsOf("./shs demo --gigabytes 8").get(0)));
  }

  @Test
  void areReadAsAShellReadsThem() {
    assertEquals(
        List.of(List.of("connect", "a b"), List.of("listen", "--port", "1")),
        argumentsOf("date | ./shs connect 'a b' > file; ./shs listen --port 1 # --no-option"));
  }

  private static void parse(List<String> arguments) {
    String[] typed =
        arguments.stream().map(word -> word.replace("KEY", A_KEY)).toArray(String[]::new);
    Shell shell = new Shell(null, null, null, Map.of(), Set.of(), Set.of());
    Shs.commandLine(shell, typed).parseArgs(typed);
  }

  /** The arguments of each {@code ./shs} of a line. */
  private static List<List<String>> argumentsOf(String line) {
    List<List<String>> commands = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (Matcher word = WORD.matcher(line); word.find() && word.group(COMMENT) == null; ) {
      if (word.group(OPERATOR) != null) {
        add(words, commands);
        words = new ArrayList<>();
      } else {
        words.add(word.group().replaceAll("^['\"]|['\"]$", ""));
      }
    }
    add(words, commands);
    return commands;
  }

  private static void add(List<String> words, List<List<String>> commands) {
    if (!words.isEmpty() && words.get(0).matches("(\\./)?shs")) {
      commands.add(words.subList(1, words.size()));
    }
  }
}
