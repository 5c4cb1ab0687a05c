package org.secrethandshake.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page tells a newcomer to write works, and ends as the page says. */
class QuickStartTest {
  private static final long PATIENCE_SECONDS = 30;
  private static final Pattern DEPENDENCY =
      Pattern.compile("<artifactId>(shs-[a-z-]+)</artifactId>");

  @TempDir Path folder;
  private List<Sample> samples;

  @BeforeEach
  void compileWhatThePageShows() throws IOException {
    samples = Sample.of(new Page("docs/quick-start.md", "Quick start"));
    assertEquals("", SampleCompiler.compile(of("java"), folder));
  }

  private List<Sample> of(String language) {
    return samples.stream().filter(sample -> sample.language().equals(language)).toList();
  }

  @Test
  void namesTheModulesAndTheVersionOfThisBuild() throws IOException {
    String pom = of("xml").get(0).text();
    String version = text(Files.readString(Project.ROOT.resolve("pom.xml")), "version");
    assertEquals(version, text(pom, "shs.version"));
    // Maven's own choice may be too old for the release that the page compiles for.
    assertTrue(pom.contains("<artifactId>maven-compiler-plugin</artifactId>"), pom);
    List<String> modules = DEPENDENCY.matcher(pom).results().map(match -> match.group(1)).toList();
    assertEquals(List.of("shs-core", "shs-crypto-bouncycastle"), modules);
    modules.forEach(module -> assertTrue(Files.isDirectory(Project.ROOT.resolve(module)), module));
  }

  private static String text(String xml, String element) {
    Matcher found = Pattern.compile("<" + element + ">([^<]+)</").matcher(xml);
    assertTrue(found.find(), element);
    return found.group(1);
  }

  @Test
  void leadsToAClientAndAServerThatKnowEachOther() throws Exception {
    String client;
    try (Server server = new Server()) {
      List<String> said = client(server.address, "Hi");
      client = said.get(0).replace("I am ", "");
      assertEquals(List.of("I am " + client, "Hello! You said: Hi"), said);
    }
    try (Server server = new Server(client)) {
      assertEquals("Hello! You said: Me again", client(server.address, "Me again").get(1));
      Files.move(folder.resolve("client.secret"), folder.resolve("another.secret"));
      String refused = String.join("\n", client(server.address, "A stranger"));
      assertTrue(refused.contains("HandshakeException"), refused);
      assertTrue(refused.contains("refused"), refused);
    }
  }

  private List<String> client(String address, String message) throws Exception {
    Process process = java("Client", address, message);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      return out.lines().toList();
    } finally {
      end(process);
    }
  }

  private Process java(String name, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dshs.crypto=bouncycastle",
                "-Dport=0",
                "-cp",
                folder + File.pathSeparator + System.getProperty("java.class.path"),
                name));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  private static void end(Process process) throws InterruptedException {
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertTrue(ended, "it ends by itself");
  }

  /** The page's server, until somebody presses Enter. */
  private final class Server implements AutoCloseable {
    private final Process process;
    private final String address;

    Server(String... friends) throws IOException {
      process = java("Server", friends);
      address = process.inputReader(StandardCharsets.UTF_8).readLine();
    }

    @Override
    public void close() throws IOException, InterruptedException {
      process.getOutputStream().write('\n');
      process.getOutputStream().close();
      end(process);
      try (Stream<Path> files = Files.list(folder)) {
        assertTrue(files.anyMatch(file -> file.endsWith("server.secret")));
      }
    }
  }
}
