package org.secrethandshake.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.cli.Shs;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What is made of the real command. */
class CommandFilesTest {
  private static final CommandSpec SHS = Shs.model();

  @TempDir private Path share;

  @Test
  void tellOfEveryCommandAndOptionAndNothingElse() throws Exception {
    CommandFiles.write(SHS, new ManualPage.Edition("1.2", "2026-01-02"), share);

    TreeSet<String> expected =
        SHS.subcommands().keySet().stream()
            .map(name -> "shs-" + name + ".1")
            .collect(Collectors.toCollection(TreeSet::new));
    expected.add("shs.1");
    try (Stream<Path> pages = Files.list(share.resolve("man/man1"))) {
      assertEquals(
          expected,
          pages
              .map(page -> page.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    String bash = Files.readString(share.resolve("bash-completion/completions/shs"));
    String zsh = Files.readString(share.resolve("zsh/site-functions/_shs"));
    String fish = Files.readString(share.resolve("fish/vendor_completions.d/shs.fish"));
    for (CommandSpec command : Told.commands(SHS)) {
      String page = Files.readString(share.resolve("man/man1/" + ManualPage.name(command) + ".1"));
      for (OptionSpec option : Told.options(command)) {
        for (String name : option.names()) {
          assertTrue(page.contains("\\fB" + name.replace("-", "\\-") + "\\fR"), name);
          assertTrue(bash.contains(name), name);
          assertTrue(zsh.contains(")" + name) || zsh.contains("*" + name), name);
          assertTrue(fish.lines().anyMatch(line -> completes(line, command, name)), name);
        }
      }
    }
  }

  private static boolean completes(String line, CommandSpec command, String name) {
    String option = name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1);
    return line.contains("'__fish_seen_subcommand_from " + command.name() + "'")
        && (line + " ").contains(option + " ");
  }
}
