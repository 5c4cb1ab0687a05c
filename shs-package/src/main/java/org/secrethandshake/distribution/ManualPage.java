package org.secrethandshake.distribution;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page of a command, in the {@code man} macros of roff, with what its help says.
 *
 * <p>A line of the help's footer that ends with a colon and is not indented begins a section.
 */
final class ManualPage {
  /** Two columns of a footer: what is explained, and its explanation. */
  private static final Pattern COLUMNS = Pattern.compile(" {2}(\\S+(?: \\S+)*) {2,}(\\S.*)");

  private static final Pattern HEADING = Pattern.compile("(\\p{Lu}[\\w ]*)(?:, (.*))?:");
  private static final String EXAMPLE = "Example";
  private static final String EXIT_CODES = "Exit codes";

  /** An option, or a placeholder, in a synopsis. */
  private static final Pattern SYNOPSIS_WORD =
      Pattern.compile("(?<![\\w-])(--?[a-zA-Z][\\w-]*)|\\b(\\p{Lu}[\\p{Lu}\\d]+)\\b");

  private final CommandSpec command;
  private final StringBuilder page = new StringBuilder();
  private boolean isExample;

  /**
   * What all pages of a build have in common.
   *
   * @param date the day of the build, as 2026-11-22
   */
  record Edition(String version, String date) {}

  private ManualPage(CommandSpec command) {
    this.command = command;
  }

  /** The name under which {@code man} finds the page of a command. */
  static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  static String of(CommandSpec command, Edition edition) {
    ManualPage manual = new ManualPage(command);
    manual.head(edition);
    manual.arguments();
    manual.commands();
    manual.footer();
    manual.related();
    return manual.page.toString();
  }

  private void head(Edition edition) {
    request(
        "TH",
        name(command).toUpperCase(Locale.ROOT),
        "1",
        edition.date(),
        command.root().name() + " " + edition.version(),
        "Secret Handshake");
    section("NAME");
    line(escaped(name(command)) + " \\- " + escaped(withoutFullStop(Told.header(command))));
    section("SYNOPSIS");
    line(synopsis());
    section("DESCRIPTION");
    paragraph(Told.text(command.usageMessage().description()));
  }

  private String synopsis() {
    String plain =
        new Help(command, Help.defaultColorScheme(Help.Ansi.OFF))
            .synopsis(0)
            .replaceAll("\\s+", " ")
            .strip();
    String name = command.qualifiedName();
    StringBuilder styled = new StringBuilder(bold(name));
    Matcher word = SYNOPSIS_WORD.matcher(plain.substring(name.length()));
    int end = 0;
    String rest = plain.substring(name.length());
    while (word.find()) {
      styled.append(escaped(rest.substring(end, word.start())));
      styled.append(word.group(1) != null ? bold(word.group(1)) : italic(word.group(2)));
      end = word.end();
    }
    return styled.append(escaped(rest.substring(end))).toString();
  }

  private void arguments() {
    List<PositionalParamSpec> parameters = Told.parameters(command);
    if (!parameters.isEmpty()) {
      section("ARGUMENTS");
      parameters.forEach(each -> explained(italic(each.paramLabel()), description(each)));
    }
    section("OPTIONS");
    Told.options(command).forEach(option -> explained(usage(option), description(option)));
  }

  private static String usage(OptionSpec option) {
    String names =
        Stream.of(option.names()).map(ManualPage::bold).collect(Collectors.joining(", "));
    return Told.takesValue(option) ? names + "=" + italic(option.paramLabel()) : names;
  }

  private static String description(ArgSpec argument) {
    return Told.text(argument.description());
  }

  private void commands() {
    List<CommandSpec> commands = Told.commands(command);
    if (!commands.isEmpty()) {
      section("COMMANDS");
      commands.forEach(each -> explained(reference(each), Told.header(each)));
    }
  }

  private void footer() {
    boolean isSection = false;
    for (String raw : command.usageMessage().footer()) {
      String text = Told.line(raw);
      Matcher heading = HEADING.matcher(text);
      if (heading.matches()) {
        endExample();
        isSection = true;
        begin(heading.group(1), heading.group(2));
      } else if (isExample) {
        line(escaped(text));
      } else if (!text.isBlank()) {
        if (!isSection) {
          section("NOTES");
          isSection = true;
        }
        entry(text);
      }
    }
    endExample();
  }

  private void begin(String heading, @Nullable String rest) {
    isExample = heading.equals(EXAMPLE);
    section(
        switch (heading) {
          case EXAMPLE -> "EXAMPLES";
          case EXIT_CODES -> "EXIT STATUS";
          default -> heading.toUpperCase(Locale.ROOT);
        });
    if (rest != null) {
      paragraph(rest.substring(0, 1).toUpperCase(Locale.ROOT) + rest.substring(1) + ":");
    }
    if (isExample) {
      request("PP");
      request("EX");
    }
  }

  private void endExample() {
    if (isExample) {
      request("EE");
      isExample = false;
    }
  }

  private void entry(String text) {
    Matcher columns = COLUMNS.matcher(text);
    if (columns.matches()) {
      explained(bold(columns.group(1)), columns.group(2));
    } else {
      paragraph(text.strip());
    }
  }

  private void related() {
    CommandSpec parent = command.parent() == null ? null : command.parent();
    List<CommandSpec> related =
        Stream.concat(Stream.ofNullable(parent), Told.commands(command).stream()).toList();
    if (!related.isEmpty()) {
      section("SEE ALSO");
      line(related.stream().map(ManualPage::reference).collect(Collectors.joining(", ")));
    }
  }

  private static String reference(CommandSpec other) {
    return bold(name(other)) + "(1)";
  }

  private void section(String name) {
    request("SH", name);
  }

  private void paragraph(String text) {
    request("PP");
    line(escaped(text));
  }

  /** What is explained is in roff already. */
  private void explained(String subject, String explanation) {
    request("TP");
    line(subject);
    line(escaped(explanation));
  }

  private void request(String name, String... arguments) {
    page.append('.').append(name);
    for (String argument : arguments) {
      page.append(" \"").append(escaped(argument)).append('"');
    }
    page.append('\n');
  }

  private void line(String roff) {
    // A dot or quote at the beginning would be a request.
    page.append(roff.startsWith(".") ? "\\&" : "").append(roff).append('\n');
  }

  private static String bold(String text) {
    return "\\fB" + escaped(text) + "\\fR";
  }

  private static String italic(String text) {
    return "\\fI" + escaped(text) + "\\fR";
  }

  /** As it stands, where roff would make typographic quotes, dashes and accents of it. */
  private static String escaped(String text) {
    return text.replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("'", "\\(aq")
        .replace("\"", "\\(dq")
        .replace("`", "\\(ga")
        .replace("^", "\\(ha")
        .replace("~", "\\(ti");
  }

  private static String withoutFullStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
