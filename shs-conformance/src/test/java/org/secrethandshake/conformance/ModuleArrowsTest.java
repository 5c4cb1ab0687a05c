package org.secrethandshake.conformance;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.secrethandshake.spi.CryptoProvider;

/**
 * Which module may know which: providers and protocol know the API, and the protocol never knows a
 * provider. A new module or dependency fails here until somebody writes it into these tables.
 */
class ModuleArrowsTest {
  private static final String API = "org.secrethandshake";
  private static final String CORE = API + ".core";
  private static final String PRIMITIVES = API + ".crypto.primitives";
  private static final String BOUNCYCASTLE = API + ".crypto.bouncycastle";
  private static final String SODIUM = API + ".crypto.sodium";
  private static final String TINK = API + ".crypto.tink";
  private static final String NETTY = API + ".netty";
  private static final String TESTKIT = API + ".testkit";
  private static final String BCPROV = "org.bouncycastle.provider";

  /** What each module requires, beside {@code java.base} and JSpecify, which all may. */
  private static final Map<String, Set<String>> REQUIRES =
      Map.of(
          API, Set.of(),
          CORE, Set.of(API, "jdk.jfr"),
          PRIMITIVES, Set.of(API),
          BOUNCYCASTLE, Set.of(API, PRIMITIVES, BCPROV),
          SODIUM, Set.of(API, PRIMITIVES, "com.sun.jna"),
          TINK, Set.of(API, PRIMITIVES, "com.google.crypto.tink"),
          NETTY,
              Set.of(
                  CORE,
                  "io.netty.buffer",
                  "io.netty.common",
                  "io.netty.transport",
                  "io.netty.codec.http"),
          TESTKIT,
              Set.of(API, "jdk.management", "org.junit.jupiter.api", "org.junit.jupiter.params"));

  /** The modules that this one depends on, so they are compiled whenever this test runs. */
  private static final Set<String> COMPILED =
      Set.of(API, CORE, PRIMITIVES, BOUNCYCASTLE, SODIUM, TINK);

  private static final Set<String> BACKENDS = Set.of(BOUNCYCASTLE, SODIUM, TINK);

  /** What a user of each artifact gets with it, beside JSpecify. */
  private static final Map<String, Set<String>> DEPENDENCIES =
      Map.ofEntries(
          Map.entry("shs-api", Set.of()),
          Map.entry("shs-bom", Set.of()),
          Map.entry("shs-core", Set.of("shs-api")),
          Map.entry("shs-crypto-primitives", Set.of("shs-api")),
          Map.entry(
              "shs-crypto-bouncycastle",
              Set.of("shs-api", "shs-crypto-primitives", "bcprov-jdk18on")),
          Map.entry(
              "shs-crypto-sodium",
              Set.of("shs-api", "shs-crypto-primitives", "jna", "lazysodium-java")),
          Map.entry("shs-crypto-tink", Set.of("shs-api", "shs-crypto-primitives", "tink")),
          Map.entry("shs-netty", Set.of("shs-core", "netty-transport")),
          Map.entry("shs-testkit", Set.of("shs-api", "junit-jupiter-api", "junit-jupiter-params")),
          Map.entry(
              "shs-benchmarks",
              Set.of(
                  "shs-api",
                  "shs-core",
                  "shs-crypto-bouncycastle",
                  "shs-crypto-sodium",
                  "shs-crypto-tink",
                  "jmh-core",
                  "jmustache",
                  "gson",
                  "picocli")),
          Map.entry(
              "shs-cli",
              Set.of(
                  "shs-api",
                  "shs-core",
                  "shs-crypto-bouncycastle",
                  "shs-crypto-sodium",
                  "shs-crypto-tink",
                  "picocli")),
          Map.entry("shs-acceptance", Set.of()),
          Map.entry("shs-package", Set.of("shs-cli", "shs-benchmarks", "picocli")),
          Map.entry("shs-conformance", Set.of()),
          Map.entry("shs-fuzz", Set.of()),
          Map.entry(
              "shs-site",
              Set.of(
                  "commonmark",
                  "commonmark-ext-gfm-tables",
                  "commonmark-ext-heading-anchor",
                  "jmustache")));

  private static final String BACKEND_ARTIFACTS = "shs-crypto-";

  @Test
  void modulesRequireWhatTheTableAllows() throws IOException {
    Map<String, ModuleDescriptor> modules = compiledModules();
    assertTrue(modules.keySet().containsAll(COMPILED), modules.keySet()::toString);
    modules.forEach(
        (name, module) -> {
          assertTrue(REQUIRES.containsKey(name), () -> name + " needs a row in REQUIRES");
          assertEquals(new TreeSet<>(REQUIRES.get(name)), requires(module), name);
        });
  }

  @Test
  void onlyBackendsProvideABackend() throws IOException {
    compiledModules()
        .forEach(
            (name, module) ->
                assertEquals(
                    BACKENDS.contains(name),
                    module.provides().stream()
                        .anyMatch(
                            service -> service.service().equals(CryptoProvider.class.getName())),
                    name));
  }

  @Test
  void backendsAreRegisteredForTheClassPathAsForTheModulePath() throws IOException {
    for (ModuleReference module : ModuleFinder.of(classFolders()).findAll()) {
      assertEquals(providers(module.descriptor()), registered(module), module.toString());
    }
  }

  @Test
  void artifactsDependOnWhatTheTableAllows() throws Exception {
    for (Path pom : poms()) {
      String artifact = pom.getParent().getFileName().toString();
      assertTrue(
          DEPENDENCIES.containsKey(artifact), () -> artifact + " needs a row in DEPENDENCIES");
      Set<String> published = Poms.published(pom);
      published.remove("jspecify");
      assertEquals(new TreeSet<>(DEPENDENCIES.get(artifact)), published, artifact);
    }
  }

  /** Maven counts test scope when it looks for cycles, and the backends test with the testkit. */
  @Test
  void apiAndTestkitHaveNoBackendInAnyScope() throws Exception {
    for (String artifact : List.of("shs-api", "shs-testkit")) {
      Path pom = Project.ROOT.resolve(artifact).resolve("pom.xml");
      for (String dependency : Poms.dependencies(pom, scope -> true)) {
        assertFalse(dependency.startsWith(BACKEND_ARTIFACTS), artifact + " -> " + dependency);
      }
    }
  }

  private static Map<String, ModuleDescriptor> compiledModules() throws IOException {
    return ModuleFinder.of(classFolders()).findAll().stream()
        .map(ModuleReference::descriptor)
        .collect(
            Collectors.toMap(
                ModuleDescriptor::name, module -> module, (one, other) -> one, TreeMap::new));
  }

  private static Path[] classFolders() throws IOException {
    return poms().stream()
        .map(pom -> pom.resolveSibling("target/classes"))
        .filter(folder -> Files.exists(folder.resolve("module-info.class")))
        .toArray(Path[]::new);
  }

  private static List<Path> poms() throws IOException {
    try (Stream<Path> folders = Files.list(Project.ROOT)) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith("shs-"))
          .map(folder -> folder.resolve("pom.xml"))
          .filter(Files::exists)
          .sorted()
          .toList();
    }
  }

  private static Set<String> requires(ModuleDescriptor module) {
    return module.requires().stream()
        .map(ModuleDescriptor.Requires::name)
        .filter(name -> !name.equals("java.base") && !name.equals("org.jspecify"))
        .collect(toCollection(TreeSet::new));
  }

  private static List<String> providers(ModuleDescriptor module) {
    return module.provides().stream()
        .filter(service -> service.service().equals(CryptoProvider.class.getName()))
        .flatMap(service -> service.providers().stream())
        .toList();
  }

  private static List<String> registered(ModuleReference module) throws IOException {
    Path services =
        Path.of(module.location().orElseThrow())
            .resolve("META-INF/services/" + CryptoProvider.class.getName());
    return Files.exists(services)
        ? Files.readAllLines(services).stream()
            .map(line -> line.replaceFirst("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .toList()
        : List.of();
  }
}
