package org.secrethandshake.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.secrethandshake.cli.Shs;
import org.secrethandshake.cli.UnsignedJars;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/** Makes the files that are packaged beside the command's jars. */
public final class CommandFiles {
  /** The length of 2026-11-22. */
  private static final int DATE_LENGTH = 10;

  private CommandFiles() {}

  /**
   * Expects the version, the time of the build, a folder with copies of jars that are to lose their
   * signatures, and the folder to write to, which becomes {@code share}.
   */
  public static void main(String[] arguments) throws IOException {
    UnsignedJars.main(new String[] {arguments[2]});
    write(
        Shs.model(),
        new ManualPage.Edition(arguments[0], arguments[1].substring(0, DATE_LENGTH)),
        Path.of(arguments[3]));
  }

  /** Writes a manual page for each command, and the completions for three shells. */
  static void write(CommandSpec model, ManualPage.Edition edition, Path share) throws IOException {
    Path manual = Files.createDirectories(share.resolve("man/man1"));
    writePage(model, edition, manual);
    for (CommandSpec command : Told.commands(model)) {
      writePage(command, edition, manual);
    }
    String name = model.name();
    Path bash = Files.createDirectories(share.resolve("bash-completion/completions"));
    Files.writeString(bash.resolve(name), bash(model));
    Path zsh = Files.createDirectories(share.resolve("zsh/site-functions"));
    Files.writeString(zsh.resolve("_" + name), ZshCompletion.of(model));
    Path fish = Files.createDirectories(share.resolve("fish/vendor_completions.d"));
    Files.writeString(fish.resolve(name + ".fish"), FishCompletion.of(model));
  }

  /** To be read by a shell that runs, so without the line that names one. */
  private static String bash(CommandSpec model) {
    return AutoComplete.bash(model.name(), model.commandLine()).replaceFirst("^#!.*\\R", "");
  }

  private static void writePage(CommandSpec command, ManualPage.Edition edition, Path folder)
      throws IOException {
    Files.writeString(
        folder.resolve(ManualPage.name(command) + ".1"), ManualPage.of(command, edition));
  }
}
