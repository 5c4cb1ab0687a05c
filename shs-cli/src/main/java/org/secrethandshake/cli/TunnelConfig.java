package org.secrethandshake.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.PropertiesDefaultProvider;

/**
 * A file with options, {@code name = value} in each line and the name as on the command line
 * without its dashes: the format of {@link Properties}. What the command line says counts more.
 */
final class TunnelConfig {
  static final String OPTION = "--config";

  private TunnelConfig() {}

  /** Takes the file that the arguments name for the options that they do not. */
  static void apply(CommandLine command, List<String> arguments) throws Failure {
    String name = named(arguments);
    if (name == null) {
      return;
    }
    Properties properties = read(path(name));
    for (String key : properties.stringPropertyNames()) {
      if (key.equals("config") || command.getCommandSpec().findOption("--" + key) == null) {
        throw Failure.usage("The file %s sets '%s', which is no option.".formatted(name, key));
      }
    }
    command.setDefaultValueProvider(new PropertiesDefaultProvider(properties));
  }

  private static @Nullable String named(List<String> arguments) {
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      if (argument.equals(OPTION)) {
        return rest.hasNext() ? rest.next() : null;
      }
      if (argument.startsWith(OPTION + "=")) {
        return argument.substring(OPTION.length() + 1);
      }
    }
    return null;
  }

  private static Path path(String name) throws Failure {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw Failure.usage("'%s' cannot be the name of a file.".formatted(name), e);
    }
  }

  private static Properties read(Path file) throws Failure {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return properties;
    } catch (IllegalArgumentException e) {
      throw Failure.usage("The file %s cannot be used: %s.".formatted(file, Words.of(e)), e);
    } catch (IOException e) {
      throw Failure.file("The file", file, e);
    }
  }
}
