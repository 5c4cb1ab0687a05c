package org.secrethandshake.conformance.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.secrethandshake.conformance.Poms;
import org.secrethandshake.spi.CryptoProvider;

/** The page for authors of backends: what stands on it is what is compiled and proven here. */
class WritingABackendTest {
  private static final String EXAMPLE = "com.example.crypto.ExampleCryptoProvider";
  private static final String CASE = "com.example.crypto.ExampleContractCase";
  private static final String SERVICES = "META-INF/services/" + CryptoProvider.class.getName();

  @TempDir Path folder;
  private List<String> java;

  @BeforeEach
  void readThePage() throws IOException {
    java = blocks("java");
    assertEquals(3, java.size(), "module-info, provider and contract test");
  }

  @Test
  void showsTheProviderAndTheTestThatAreCompiledHere() throws IOException {
    assertEquals(source(EXAMPLE), java.get(1));
    // Another name keeps the build from running it where the example is not registered.
    assertEquals(source(CASE).replace("ContractCase", "ContractTest"), java.get(2));
  }

  @Test
  void showsAProviderThatPassesTheContractOnceItIsRegisteredAsShown() throws Exception {
    write(SERVICES, blocks("text").get(0));

    ContractRun run = withClassPath(folder, () -> ContractRun.of(Class.forName(CASE)));

    assertEquals(List.of(), run.failures());
    assertTrue(run.passed() > 300, () -> run.passed() + " tests passed");
  }

  @Test
  void showsAProviderThatFailsTheContractUnlessItIsRegistered() throws Exception {
    assertEquals(Set.of("Itself.isFoundByItsName"), ContractRun.of(Class.forName(CASE)).accused());
  }

  @Test
  void showsAModuleDescriptorThatCompilesAndProvidesTheExample() throws Exception {
    Path descriptor = write("source/module-info.java", java.get(0));
    Path provider = write("source/ExampleCryptoProvider.java", java.get(1));
    Path classes = Files.createDirectory(folder.resolve("classes"));

    assertEquals("", compile(classes, descriptor, provider));

    assertEquals(
        List.of(EXAMPLE),
        ModuleFinder.of(classes)
            .find("com.example.crypto")
            .orElseThrow()
            .descriptor()
            .provides()
            .stream()
            .filter(service -> service.service().equals(CryptoProvider.class.getName()))
            .flatMap(service -> service.providers().stream())
            .toList());
  }

  @Test
  void showsAPomWithWhatTheExampleNeeds() throws Exception {
    Path pom = write("pom.xml", blocks("xml").get(0));

    assertEquals(Set.of("shs-api", "shs-crypto-bouncycastle"), Poms.published(pom));
    assertEquals(Set.of("shs-testkit", "junit-jupiter"), Poms.dependencies(pom, "test"::equals));
  }

  /** Compiles a module beside those on the class path and returns what the compiler says. */
  private static String compile(Path classes, Path... sources) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-Werror", "--module-path", modulePath(), "-d", classes.toString());
      javac.getTask(said, files, null, options, null, files.getJavaFileObjects(sources)).call();
    }
    return said.toString();
  }

  private static String modulePath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(
            entry ->
                entry.matches(".*(shs-api|shs-crypto-(bouncycastle|primitives)|bcprov|jspecify).*"))
        .reduce((one, other) -> one + File.pathSeparator + other)
        .orElseThrow();
  }

  private static <T> T withClassPath(Path entry, Work<T> work) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader more = new URLClassLoader(new URL[] {entry.toUri().toURL()}, before)) {
      thread.setContextClassLoader(more);
      return work.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private interface Work<T> {
    T run() throws Exception;
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String source(String name) throws IOException {
    return Files.readString(Path.of("src/test/java", name.replace('.', '/') + ".java")).strip();
  }

  private static List<String> blocks(String language) throws IOException {
    String page = Files.readString(Path.of("../docs/writing-a-backend.md"));
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(block -> block.group(1).strip())
        .toList();
  }
}
