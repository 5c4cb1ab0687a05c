package org.secrethandshake.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.spi.ToolProvider;
import org.secrethandshake.benchmarks.jmh.JmhRuns.Extent;
import org.secrethandshake.benchmarks.report.Report;

/**
 * The tool behind {@code shs bench}, which finds it by its name, so that the command can be
 * installed without it. Its arguments are the names of backends, each of which is available, and
 * {@code --drawings} if the table may hold more than ASCII.
 */
public final class BriefBenchmark implements ToolProvider {
  static final String NAME = "shs-benchmarks";
  static final String DRAWINGS = "--drawings";

  @Override
  public String name() {
    return NAME;
  }

  /** Measures for two minutes, which keeps this machine busy, and prints a table. */
  @Override
  public int run(PrintWriter out, PrintWriter err, String... arguments) {
    List<String> all = List.of(arguments);
    List<String> backends = all.stream().filter(argument -> !argument.equals(DRAWINGS)).toList();
    try {
      BenchmarkRun run = new BenchmarkRun(Extent.BRIEF, backends, false, false, "shs bench");
      out.print(Report.forTerminal(run.measure(err::println), null, all.contains(DRAWINGS)));
      out.flush();
      return 0;
    } catch (IOException e) {
      err.println("Nothing was measured. " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      err.println("The measurement was interrupted.");
    }
    return 1;
  }
}
