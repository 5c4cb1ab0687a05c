package org.secrethandshake.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the version. */
@Command(
    name = "version",
    header = "Show the version.",
    footer = {"", "Example:", "  shs version"})
final class VersionCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().getParent().printVersionHelp(spec.commandLine().getOut());
  }

  /** Reads the version from the jar. */
  static final class FromJar implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Shs.class.getPackage().getImplementationVersion();
      return new String[] {"shs " + (version == null ? "(not packaged)" : version)};
    }
  }
}
