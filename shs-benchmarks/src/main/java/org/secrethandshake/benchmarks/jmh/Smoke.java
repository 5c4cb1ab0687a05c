package org.secrethandshake.benchmarks.jmh;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs every benchmark of every backend once, so that none can rot unseen. It measures nothing: all
 * of them share this process and none is warm.
 */
public final class Smoke {
  private static final TimeValue BRIEFLY = TimeValue.milliseconds(10);

  private final List<String> providers;
  private final PrintStream out;

  Smoke(List<String> providers, PrintStream out) {
    this.providers = providers;
    this.out = out;
  }

  /**
   * Runs all, with a line for each.
   *
   * @return whether there are benchmarks and backends, all are available and none has failed
   */
  public static boolean run(PrintStream out) {
    // Nothing is measured, so another JMH on this machine does not matter.
    System.setProperty("jmh.ignoreLock", "true");
    List<String> unavailable = Providers.unavailable();
    unavailable.forEach(out::println);
    boolean passed = new Smoke(Providers.names(), out).passes(".*");
    return passed && unavailable.isEmpty();
  }

  boolean passes(String pattern) {
    List<BenchmarkListEntry> benchmarks = Benchmarks.matching(pattern);
    if (benchmarks.isEmpty() || providers.isEmpty()) {
      out.printf("%d benchmarks of %d backends found%n", benchmarks.size(), providers.size());
      return false;
    }
    return benchmarks.stream().filter(this::fails).count() == 0;
  }

  private boolean fails(BenchmarkListEntry benchmark) {
    String name = benchmark.getUsername().substring(Benchmarks.PACKAGE.length());
    try {
      out.printf("ok      %s of %s%n", name, subjects(runOnce(benchmark)));
      return false;
    } catch (RunnerException e) {
      out.printf("FAILED  %s: %s%n", name, reason(e));
      return true;
    }
  }

  private Collection<RunResult> runOnce(BenchmarkListEntry benchmark) throws RunnerException {
    String[] names = providers.toArray(String[]::new);
    ChainedOptionsBuilder options = new OptionsBuilder();
    Benchmarks.PROVIDER_PARAMETERS.forEach(parameter -> options.param(parameter, names));
    options
        .include(Benchmarks.pattern(benchmark.getUsername()))
        .forks(0)
        .warmupIterations(0)
        .measurementIterations(1)
        .measurementTime(BRIEFLY)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
    return new Runner(options.build()).run();
  }

  /** JMH hides what a benchmark threw behind its own exception. */
  private static Throwable reason(RunnerException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getSuppressed().length == 0 ? cause : cause.getSuppressed()[0];
  }

  private static String subjects(Collection<RunResult> results) {
    TreeSet<String> subjects = new TreeSet<>();
    results.forEach(result -> subjects.add(subject(result.getParams())));
    return String.join(", ", subjects);
  }

  private static String subject(BenchmarkParams benchmark) {
    return JmhResults.subject(
        benchmark.getParamsKeys().stream()
            .collect(Collectors.toMap(Function.identity(), benchmark::getParam)));
  }
}
