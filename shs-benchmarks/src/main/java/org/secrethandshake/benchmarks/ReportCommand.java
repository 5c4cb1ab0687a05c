package org.secrethandshake.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.benchmarks.jmh.JmhResults;
import org.secrethandshake.benchmarks.jmh.Providers;
import org.secrethandshake.benchmarks.report.BenchmarkRun;
import org.secrethandshake.benchmarks.report.Comparison;
import org.secrethandshake.benchmarks.report.ReportFiles;
import org.secrethandshake.benchmarks.report.Results;
import org.secrethandshake.benchmarks.report.TerminalProgress;
import org.secrethandshake.benchmarks.report.TerminalTable;
import org.secrethandshake.benchmarks.results.Extent;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Measures everything on this machine and writes the report. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    header = "Measure all backends on this machine, and write a report about them.",
    description =
        "Takes under half an hour, with --quick three minutes. Leave the machine alone meanwhile.",
    footer = {
      "",
      "It writes report.html, report.md, results.json (for --compare) and jmh.json.",
      "",
      "Example:",
      "  java -jar benchmarks.jar report --quick --with-floor"
    })
final class ReportCommand implements Callable<Integer> {
  @Option(names = "--quick", description = "Only what the charts show, in three minutes.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where the report goes. Default: benchmark-report")
  private Path out = Path.of("benchmark-report");

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      split = ",",
      description = "Which backends. Default: all that are installed and available.")
  private List<String> backends = List.of();

  @Option(
      names = "--compare",
      paramLabel = "OLD.json",
      description = "A results.json, or raw JMH results, of an older run: shows what changed.")
  private @Nullable Path old;

  @Option(names = "--with-floor", description = "Beside libsodium in C; needs gcc and libsodium.")
  private boolean floor;

  @Option(names = "--with-reference", description = "Beside the JavaScript reference; needs Node.")
  private boolean reference;

  @Option(
      names = "--interop",
      paramLabel = "FOLDER",
      description = "Where the reference's scripts are. Default: interop, here or above the jar.")
  private @Nullable Path interop;

  private final CommandLine commandLine = new CommandLine(this);
  private List<String> arguments = List.of();

  private ReportCommand() {}

  /** Runs the command, and returns its exit code. */
  static int run(List<String> arguments) {
    ReportCommand command = new ReportCommand();
    command.arguments = arguments;
    return command.commandLine.execute(arguments.toArray(String[]::new));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<Older> older = older();
    BenchmarkRun run =
        new BenchmarkRun(
            quick ? Extent.QUICK : Extent.FULL, chosen(), floor, reference, interop, repeated());
    Results results;
    try (TerminalProgress progress = TerminalProgress.onErrorStream(run.estimate())) {
      results = run.measure(out, progress);
    }
    Optional<Comparison> comparison = older.map(before -> before.comparedWith(results));
    ReportFiles.write(out, results, comparison);
    print(results, comparison);
    return CommandLine.ExitCode.OK;
  }

  private List<String> chosen() {
    List<String> available = Providers.names();
    for (String name : backends) {
      if (!available.contains(name)) {
        throw new ParameterException(
            commandLine,
            "The backend '%s' is not available here; these are: %s. %s"
                .formatted(name, available, String.join(" ", Providers.unavailable()))
                .strip());
      }
    }
    if (available.isEmpty()) {
      throw new ParameterException(commandLine, "No backend is available.");
    }
    return backends.isEmpty() ? available : backends;
  }

  private String repeated() {
    List<String> words = new ArrayList<>(List.of("java", "-jar", "benchmarks.jar", "report"));
    words.addAll(arguments);
    return String.join(" ", words);
  }

  /** Read before anything is measured: a wrong file must not show after half an hour. */
  private Optional<Older> older() {
    if (old == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Older.read(old));
    } catch (IOException e) {
      throw new ParameterException(commandLine, "--compare: " + e.getMessage(), e);
    }
  }

  private void print(Results results, Optional<Comparison> comparison) {
    PrintStream text = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    boolean unicode = "UTF-8".equalsIgnoreCase(System.getProperty("native.encoding"));
    text.print(TerminalTable.render(results, unicode));
    comparison.ifPresent(changes -> text.print("\n" + TerminalTable.render(changes, unicode)));
    text.println("\nThe whole report: " + out.resolve("report.html"));
  }

  /** An older run. */
  private interface Older {
    Comparison comparedWith(Results now);

    static Older read(Path file) throws IOException {
      if (Files.readString(file).stripLeading().startsWith("[")) {
        var measurements = JmhResults.read(file);
        String since = String.valueOf(file.getFileName());
        return now -> Comparison.between(since, measurements, now.measurements());
      }
      Results before = ReportFiles.read(file);
      return now -> Comparison.between(before, now);
    }
  }
}
