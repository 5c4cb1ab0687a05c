package org.secrethandshake.distribution;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A small command with one of each kind of word, and what shells and roff have to escape. */
@Command(
    name = "tool",
    header = "Try: it's [all] here.",
    description = "It is\\was ~ `quoted`, with \"marks\" at 100%%.",
    footer = {
      "",
      ".A line like a request.",
      "",
      "Environment:",
      "  TOOL_HOME   where it's at",
      "",
      "Example, with a pipe:",
      "  tool copy 'a' | tool hide"
    },
    subcommands = {Sample.Copy.class, Sample.Hidden.class})
final class Sample {
  @Option(names = "--verbose", description = "Say more. Much more.")
  private boolean verbose;

  @Command(name = "copy", header = "Copy \\ a file.")
  static final class Copy {
    @Option(
        names = {"-k", "--key"},
        paramLabel = "FILE",
        description = "The key's [file].")
    private Path key;

    @Option(names = "--how", paramLabel = "WAY", completionCandidates = Ways.class)
    private String how;

    @Option(names = "--allow", paramLabel = "NAME", description = "Who. May be repeated.")
    private List<String> allowed;

    @Option(names = "--secret", hidden = true)
    private boolean secret;

    @Parameters(paramLabel = "FROM", description = "What to copy.")
    private Path from;
  }

  @Command(name = "hide", hidden = true, header = "Not for users.")
  static final class Hidden {}

  static final class Ways extends java.util.ArrayList<String> {
    private static final long serialVersionUID = 1;

    Ways() {
      super(List.of("fast", "slow"));
    }
  }

  static CommandSpec model() {
    return new CommandLine(new Sample()).getCommandSpec();
  }

  static CommandSpec copy() {
    return model().subcommands().get("copy").getCommandSpec();
  }
}
