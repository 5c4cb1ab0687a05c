package org.secrethandshake.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.benchmarks.jmh.JmhRuns.Extent;
import org.secrethandshake.benchmarks.jmh.Providers;
import org.secrethandshake.benchmarks.report.Findings;
import org.secrethandshake.benchmarks.report.Findings.Figure;
import org.secrethandshake.benchmarks.report.Findings.Task;
import org.secrethandshake.benchmarks.report.Section;

/**
 * The script {@code beside.sh}, which runs libsodium in C and the JavaScript reference, and lets
 * them take turns with our backends; in a folder that goes when this is closed.
 */
record Beside(Path folder) implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Map<String, Figure> FIGURES =
      Map.of(
          "handshake", new Figure(Section.HANDSHAKE, ""),
          "packet 64", new Figure(Section.PACKET, "64 bytes"),
          "packet 256", new Figure(Section.PACKET, "256 bytes"),
          "packet 1024", new Figure(Section.PACKET, "1024 bytes"),
          "packet 4096", new Figure(Section.PACKET, "4096 bytes"),
          "one way", new Figure(Section.STREAM, "one way"),
          "latency 16", new Figure(Section.LATENCY, "16 bytes"));

  static Beside unpacked() throws IOException {
    Beside beside = new Beside(Files.createTempDirectory("shs-benchmarks"));
    for (String name : List.of("beside.sh", "floor.c")) {
      try (InputStream resource = Beside.class.getResourceAsStream(name)) {
        Files.copy(Objects.requireNonNull(resource, name), beside.folder.resolve(name));
      }
    }
    return beside;
  }

  /** The script is told where the project's folder interop may be: here, or above our jar. */
  private List<String> command(String command, String number) {
    String places =
        Stream.<Path>iterate(Jars.own(), path -> path != null, Path::getParent)
            .map(path -> path.resolve("interop").toString())
            .reduce("interop", (all, one) -> all + ":" + one);
    String script = folder.resolve("beside.sh").toString();
    return new ArrayList<>(List.of("sh", script, places, command, number));
  }

  /** Measures one of them for a report. What is missing on this machine leaves a note. */
  static Task task(String command, String subject, Extent extent, Findings findings) {
    int rounds = extent == Extent.FULL ? 27 : 8;
    return new Task(
        subject,
        Duration.ofSeconds(rounds),
        () -> {
          try (Beside beside = unpacked();
              Child child =
                  new Child(subject, LIMIT, beside.command(command, Integer.toString(rounds)))) {
            add(subject, child.toEnd(), findings);
          } catch (IOException e) {
            findings.note("%s was not measured. %s".formatted(subject, e.getMessage()));
          }
        });
  }

  static void add(String subject, List<Child.Line> lines, Findings findings) throws IOException {
    for (Child.Line line : lines) {
      Figure figure = FIGURES.get(line.figure());
      if (!line.about().isEmpty()) {
        findings.note("%s is %s.".formatted(subject, line.about()));
      }
      if (figure != null) {
        boolean ready = figure.section().unit.equals(line.unit());
        // A byte in a microsecond is a megabyte in a second.
        double amount = figure.section() == Section.PACKET ? bytes(figure) : 1e6;
        Stream<Double> samples = line.samples().stream().map(us -> ready ? us : amount / us);
        findings.add(figure, subject, samples.toList(), null);
      } else if (!line.figure().isEmpty()) {
        throw new IOException("Its program printed a figure that is not known: " + line.figure());
      }
    }
  }

  private static int bytes(Figure packet) {
    return Integer.parseInt(packet.variant().replaceAll("\\D", ""));
  }

  /** Lets backends, C and the reference take turns; returns the exit code. */
  static int alternate(List<String> arguments) throws IOException, InterruptedException {
    List<String> backends = new ArrayList<>(arguments);
    String turns = "9";
    if (backends.size() > 1 && backends.get(0).equals("--turns")) {
      turns = backends.get(1);
      backends.subList(0, 2).clear();
    }
    Providers.unavailable().forEach(System.err::println);
    if (!turns.matches("[1-9]\\d{0,3}") || !Providers.names().containsAll(backends)) {
      String names = String.join(", ", Providers.names());
      System.err.println("usage: alternate [--turns 9] [BACKEND ...], of " + names);
      return 2;
    }
    try (Beside beside = unpacked()) {
      List<String> command = beside.command("alternate", turns);
      for (String backend : backends.isEmpty() ? Providers.names() : backends) {
        System.out.println(backend + ": " + CryptoProviders.named(backend).description());
        command.add(backend);
      }
      ProcessBuilder script = new ProcessBuilder(command).inheritIO();
      List<String> ours = Child.java(Jars.classPath(), List.of(), Main.class);
      script.environment().put("OURS", String.join("\n", ours));
      return script.start().waitFor();
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
