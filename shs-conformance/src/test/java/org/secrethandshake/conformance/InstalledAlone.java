package org.secrethandshake.conformance;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;

/** A program that has one backend on its path, with what that backend's artifact brings along. */
final class InstalledAlone {
  private static final Pattern OURS =
      Pattern.compile("\\bshs-(api|core|cli|testkit|crypto-\\w+)\\b");
  private static final Pattern TEST_TOOLS =
      Pattern.compile("junit|opentest4j|apiguardian|test-classes");
  private static final String TEST_CLASSES = "test-classes";

  private final Set<String> artifacts = new TreeSet<>();

  InstalledAlone(CryptoProvider backend) throws Exception {
    addWithDependencies(artifactOf(backend));
  }

  static String artifactOf(CryptoProvider backend) {
    return artifactOf(
        backend.getClass().getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  /** The artifacts of this project that a user of the backend gets, the backend's included. */
  Set<String> artifacts() {
    return artifacts;
  }

  String runOnTheClassPath() throws Exception {
    String classPath = path(entry -> isBrought(entry) || entry.endsWith(TEST_CLASSES));
    return run("--class-path", classPath, Program.class.getName());
  }

  /** The program itself stays on the class path, and the API finds the backend by its module. */
  String runOnTheModulePath() throws Exception {
    return run(
        "--module-path",
        path(this::isBrought),
        "--add-modules",
        "org.secrethandshake",
        "--class-path",
        path(entry -> entry.endsWith(TEST_CLASSES)),
        Program.class.getName());
  }

  private void addWithDependencies(String artifact) throws Exception {
    if (!artifact.startsWith("shs-") || !artifacts.add(artifact)) {
      return;
    }
    Path pom = Project.ROOT.resolve(artifact).resolve("pom.xml");
    for (String dependency : Poms.dependencies(pom, scope -> !scope.equals("test"))) {
      addWithDependencies(dependency);
    }
  }

  // Libraries of others stay on the path, whichever backend needs them: none of them is a backend.
  private boolean isBrought(String entry) {
    String ours = artifactOf(entry);
    return !TEST_TOOLS.matcher(entry).find() && (ours.isEmpty() || artifacts.contains(ours));
  }

  private static String artifactOf(String entry) {
    return OURS.matcher(entry).results().map(MatchResult::group).reduce("", (one, last) -> last);
  }

  private static String path(Predicate<String> entries) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entries)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? lastLine(output) : output;
  }

  // Newer JVMs warn about native code before.
  private static String lastLine(String output) {
    return output.lines().reduce("", (one, last) -> last);
  }

  /** Runs in a JVM of its own. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      CryptoProvider provider = CryptoProviders.onlyInstalled();
      System.out.println(provider.name() + " from " + provider.getClass().getModule());
    }
  }
}
