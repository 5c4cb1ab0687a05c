package org.secrethandshake.benchmarks.jmh;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.secrethandshake.benchmarks.results.Extent;
import org.secrethandshake.benchmarks.results.Measurement;
import org.secrethandshake.benchmarks.results.Progress;

/** Runs the benchmarks for a report, in forked JVMs, with the bytes that they allocate. */
public final class JmhRuns {
  private JmhRuns() {}

  /** The time that {@link #run} should take. */
  public static Duration estimate(Extent extent, List<String> providers) {
    return new JmhPlan(extent, providers.size()).estimate();
  }

  /**
   * Runs them and writes JMH's results, after each part what there is by then. What JMH says on the
   * way goes to a file beside the results, named as they are with {@code .log} at the end.
   *
   * @param providers the names of the backends to measure
   * @param jmhJson where the results go
   * @throws IOException if a benchmark fails or a file cannot be written
   */
  public static List<Measurement> run(
      Extent extent, List<String> providers, Path jmhJson, Progress progress) throws IOException {
    Path log = jmhJson.resolveSibling(jmhJson.getFileName() + ".log");
    List<RunResult> results = new ArrayList<>();
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8)) {
      OutputFormat format = OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL);
      for (Part part : new JmhPlan(extent, providers.size()).turns()) {
        progress.starting(part.what(), part.ofOneFork());
        results.addAll(new Runner(part.options(providers), format).run());
        write(results, jmhJson);
      }
    } catch (RunnerException e) {
      throw new IOException("JMH has failed, see " + log + ": " + e.getMessage(), e);
    }
    return JmhResults.read(jmhJson);
  }

  private static void write(List<RunResult> results, Path jmhJson) throws IOException {
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(jmhJson), false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    }
  }
}
