package org.secrethandshake.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.secrethandshake.benchmarks.BenchmarkRun;
import org.secrethandshake.benchmarks.jmh.JmhRuns.Extent;
import org.secrethandshake.benchmarks.jmh.Providers;
import org.secrethandshake.benchmarks.report.Report;
import org.secrethandshake.benchmarks.report.Results;
import org.secrethandshake.spi.CryptoProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures the backends on this machine, briefly. */
@Command(
    name = "bench",
    header = "Measure the crypto backends on this machine, in two minutes.",
    description =
        "With --crypto NAME, only that one. Leave the machine alone meanwhile. For charts, error bars and comparisons, run the report of"
            + " shs-benchmarks.",
    footer = {"", "Example:", "  shs bench"})
final class Bench implements Callable<Integer> {
  private final Shell shell;

  @Mixin private final CryptoOption crypto = new CryptoOption();

  Bench(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws Failure, IOException, InterruptedException {
    List<String> available = Providers.names();
    List<String> backends =
        crypto.shown().stream().map(CryptoProvider::name).filter(available::contains).toList();
    if (backends.isEmpty()) {
      throw Failure.usage("No such crypto backend is available; shs providers says why.");
    }
    Results results =
        new BenchmarkRun(Extent.BRIEF, backends, false, false, "shs bench").measure(System.err);
    PrintStream out = new PrintStream(shell.out(), true, StandardCharsets.UTF_8);
    out.print(Report.forTerminal(results, null, Style.of(shell).hasDrawings()));
    return ExitCodes.OK;
  }
}
