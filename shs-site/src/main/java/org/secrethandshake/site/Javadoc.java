package org.secrethandshake.site;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Javadoc of all modules that export something to everybody, as one whole. */
final class Javadoc {
  private static final Pattern MODULE = Pattern.compile("(?m)^module ([\\w.]+)");
  private static final Pattern EXPORTED = Pattern.compile("(?m)^ *exports [\\w.]+;");

  private Javadoc() {}

  /**
   * Writes it.
   *
   * @param root of the repository
   * @param libraries the jars that the modules need, separated as in a class path
   * @throws IOException if the tool fails, with what it says
   */
  static void write(Path root, Path folder, String libraries) throws IOException {
    List<Described> modules = modules(root);
    List<String> arguments =
        new ArrayList<>(
            List.of("-d", folder.toString(), "-quiet", "-notimestamp", "-Xdoclint:none"));
    arguments.addAll(List.of("-encoding", "UTF-8", "-windowtitle", "Secret Handshake for Java"));
    arguments.addAll(List.of("--module-path", libraries, "--module", exporting(modules)));
    for (Described module : modules) {
      arguments.addAll(List.of("--module-source-path", module.name() + "=" + module.sources()));
    }
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int code =
        ToolProvider.findFirst("javadoc")
            .orElseThrow(() -> new IOException("this JDK has no javadoc"))
            .run(out, out, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IOException(said.toString());
    }
  }

  private static String exporting(List<Described> modules) {
    return modules.stream()
        .filter(Described::exports)
        .map(Described::name)
        .collect(Collectors.joining(","));
  }

  private static List<Described> modules(Path root) throws IOException {
    List<Described> modules = new ArrayList<>();
    try (Stream<Path> artifacts = Files.list(root)) {
      for (Path artifact : artifacts.sorted().toList()) {
        Path sources = artifact.resolve("src/main/java");
        if (Files.exists(sources.resolve("module-info.java"))) {
          modules.add(Described.read(sources));
        }
      }
    }
    return modules;
  }

  /** A module of this repository. */
  private record Described(String name, Path sources, boolean exports) {
    static Described read(Path sources) throws IOException {
      String descriptor = Files.readString(sources.resolve("module-info.java"));
      Matcher name = MODULE.matcher(descriptor);
      if (!name.find()) {
        throw new IOException(sources + " names no module");
      }
      return new Described(name.group(1), sources, EXPORTED.matcher(descriptor).find());
    }
  }
}
