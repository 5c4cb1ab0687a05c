package org.secrethandshake.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.secrethandshake.benchmarks.jmh.JmhRuns.Extent;
import org.secrethandshake.benchmarks.jmh.Providers;
import org.secrethandshake.benchmarks.report.Report;
import org.secrethandshake.benchmarks.report.Results;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Measures everything on this machine and writes the report. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    header = "Measure all backends, and write report.html, report.md and results.json.",
    description = "Takes under half an hour, with --quick three minutes; leave the machine alone.")
final class ReportCommand implements Callable<Integer> {
  @Option(names = "--quick", description = "Only what decides, in three minutes.")
  private boolean quick;

  @Option(names = "--out", description = "The folder of the report: ${DEFAULT-VALUE}.")
  private Path out = Path.of("benchmark-report");

  @Option(names = "--backend", split = ",", description = "Which backends: ${DEFAULT-VALUE}.")
  private List<String> backends = Providers.names();

  @Option(names = "--compare", description = "The results.json of an older run.")
  private @Nullable Path old;

  @Option(names = "--with-floor", description = "Beside libsodium in C; needs gcc and libsodium.")
  private boolean floor;

  @Option(names = "--with-reference", description = "Beside the JavaScript reference; needs Node.")
  private boolean reference;

  private final CommandLine commandLine = new CommandLine(this);
  private final List<String> arguments;

  ReportCommand(List<String> arguments) {
    this.arguments = arguments;
  }

  /** Runs the command, and returns its exit code. */
  static int run(List<String> arguments) {
    return new ReportCommand(arguments)
        .commandLine
        .setExecutionExceptionHandler(ReportCommand::failed)
        .execute(arguments.toArray(String[]::new));
  }

  private static int failed(Exception e, CommandLine command, ParseResult parsed) {
    System.err.println(e.getMessage());
    return CommandLine.ExitCode.SOFTWARE;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (backends.isEmpty() || !Providers.names().containsAll(backends)) {
      throw new ParameterException(
          commandLine,
          "Not all of %s are available here; these are: %s. %s"
              .formatted(backends, Providers.names(), String.join(" ", Providers.unavailable()))
              .strip());
    }
    // Read before anything is measured: a wrong file must not show after half an hour.
    Results older = old == null ? null : Results.read(old);
    String command = "java -jar benchmarks.jar report " + String.join(" ", arguments);
    Extent extent = quick ? Extent.QUICK : Extent.FULL;
    Results results =
        new BenchmarkRun(extent, backends, floor, reference, command).measure(System.err::println);
    Report.write(out, results, older);
    boolean unicode = "UTF-8".equalsIgnoreCase(System.getProperty("native.encoding"));
    PrintStream text = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    text.print(Report.forTerminal(results, older, unicode));
    text.println("\nThe whole report: " + out.resolve("report.html"));
    return CommandLine.ExitCode.OK;
  }
}
