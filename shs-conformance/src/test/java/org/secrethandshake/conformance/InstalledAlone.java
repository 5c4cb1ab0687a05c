package org.secrethandshake.conformance;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.testkit.ForkedJava;

/** A program that has one backend on its path, with what that backend's artifact brings along. */
final class InstalledAlone {
  private static final Pattern OURS =
      Pattern.compile("\\bshs-(api|core|cli|testkit|crypto-\\w+)\\b");
  private static final Pattern TEST_TOOLS =
      Pattern.compile("junit|opentest4j|apiguardian|test-classes");
  private static final String TEST_CLASSES = "test-classes";

  private final Set<String> artifacts = new TreeSet<>();
  private final Set<String> artifactsOfAll = new TreeSet<>();

  InstalledAlone(CryptoProvider backend) throws Exception {
    addWithDependencies(artifactOf(backend), artifacts);
    for (CryptoProvider any : CryptoProviders.installed()) {
      addWithDependencies(artifactOf(any), artifactsOfAll);
    }
  }

  static String artifactOf(CryptoProvider backend) {
    return artifactOf(
        backend.getClass().getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  /** The artifacts that a user of the backend gets, as our poms name them, and itself. */
  Set<String> artifacts() {
    return artifacts;
  }

  String runOnTheClassPath() throws Exception {
    return ForkedJava.run(
        "--class-path",
        ForkedJava.classPath(entry -> isBrought(entry) || entry.endsWith(TEST_CLASSES)),
        Program.class.getName());
  }

  /** The program itself stays on the class path, and the API finds the backend by its module. */
  String runOnTheModulePath() throws Exception {
    return ForkedJava.run(
        "--module-path",
        ForkedJava.classPath(this::isBrought),
        "--add-modules",
        "org.secrethandshake",
        "--class-path",
        ForkedJava.classPath(entry -> entry.endsWith(TEST_CLASSES)),
        Program.class.getName());
  }

  private static void addWithDependencies(String artifact, Set<String> found) throws Exception {
    if (!found.add(artifact) || !artifact.startsWith("shs-")) {
      return;
    }
    Path pom = Project.ROOT.resolve(artifact).resolve("pom.xml");
    for (String dependency : Poms.published(pom)) {
      addWithDependencies(dependency, found);
    }
  }

  private boolean isBrought(String entry) {
    String ours = artifactOf(entry);
    return !TEST_TOOLS.matcher(entry).find()
        && (ours.isEmpty() ? !isOfAnotherBackend(entry) : artifacts.contains(ours));
  }

  // What libraries bring by themselves stays on the path: none of that is a backend.
  private boolean isOfAnotherBackend(String library) {
    String file = Path.of(library).getFileName().toString();
    return artifactsOfAll.stream()
        .filter(artifact -> !artifacts.contains(artifact))
        .anyMatch(artifact -> file.matches(Pattern.quote(artifact) + "-\\d.*\\.jar"));
  }

  private static String artifactOf(String entry) {
    return OURS.matcher(entry).results().map(MatchResult::group).reduce("", (one, last) -> last);
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
